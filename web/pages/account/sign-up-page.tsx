import { AccountForm } from "./account-form.tsx";

/** For who has none yet. */
export default function SignUpPage() {
  return <AccountForm isNew />;
}
