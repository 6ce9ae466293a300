namespace SmartCity.SecurityCheck.Probing;

/// <summary>The pack folder cannot be written (full disk, lost mount): a pack without its evidence is none, so the run ends.</summary>
public sealed class EvidenceLostException(string message, Exception cause) : IOException(message, cause);
