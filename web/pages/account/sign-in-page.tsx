import { AccountForm } from "./account-form.tsx";

/** For who has an account. */
export default function SignInPage() {
  return <AccountForm isNew={false} />;
}
