import { useApp } from "../../store/app-context.ts";
import { useTitle } from "../use-title.ts";
import { AccountForm, TextField } from "./account-form.tsx";

const words = {
  title: "Create an account",
  name: "Your name",
  nameHint: "What hosts and guests call you",
  email: "E-mail",
  password: "Password",
  passwordHint: "At least 8 characters",
  submit: "Create the account",
  busy: "Creating …",
  other: { text: "Been here before?", link: "Sign in", href: "/sign-in" },
};

export default function SignUpPage() {
  const { session } = useApp();
  useTitle(words.title);
  return (
    <AccountForm
      title={words.title}
      submit={words.submit}
      busy={words.busy}
      other={words.other}
      send={(data) =>
        session.signUp(
          String(data.get("name")),
          String(data.get("email")),
          String(data.get("password")),
        )}
    >
      <TextField
        label={words.name}
        name="name"
        type="text"
        autocomplete="name"
        hint={words.nameHint}
      />
      <TextField label={words.email} name="email" type="email" autocomplete="email" />
      <TextField
        label={words.password}
        name="password"
        type="password"
        autocomplete="new-password"
        minLength={8}
        hint={words.passwordHint}
      />
    </AccountForm>
  );
}
