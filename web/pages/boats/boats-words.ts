export const words = {
  title: "My boats",
};
