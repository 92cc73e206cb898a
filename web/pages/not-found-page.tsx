export default function Page() {
  return (
    <div class="page">
      <h1>…</h1>
    </div>
  );
}
