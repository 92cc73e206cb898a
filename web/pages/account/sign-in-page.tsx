import { useApp } from "../../store/app-context.ts";
import { useTitle } from "../use-title.ts";
import { AccountForm, TextField } from "./account-form.tsx";

const words = {
  title: "Sign in",
  email: "E-mail",
  password: "Password",
  submit: "Sign in",
  busy: "Signing in …",
  other: { text: "New here?", link: "Create an account", href: "/sign-up" },
};

export default function SignInPage() {
  const { session } = useApp();
  useTitle(words.title);
  return (
    <AccountForm
      title={words.title}
      submit={words.submit}
      busy={words.busy}
      other={words.other}
      send={(data) => session.signIn(String(data.get("email")), String(data.get("password")))}
    >
      <TextField label={words.email} name="email" type="email" autocomplete="email" />
      <TextField
        label={words.password}
        name="password"
        type="password"
        autocomplete="current-password"
      />
    </AccountForm>
  );
}
