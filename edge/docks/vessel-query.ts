/** What a query says of a vessel, for the reference of the API; `parseVesselParams` reads it. */
export const VESSEL_QUERY = {
  loaCm: "length over all",
  beamCm: "beam",
  draftCm: "draft",
  airDraftCm: "height above the water",
  hullType: "mono, multi or power",
  displacementKg: "weight",
  takesGround: "true where she may dry out",
  inlets: "plug:volts:amps:phases, comma separated",
  insuranceExpires: "date",
};
