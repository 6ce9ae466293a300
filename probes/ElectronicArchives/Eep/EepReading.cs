namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Reads an encapsulated package of DA/T 48-2009.</summary>
internal static class EepReading
{
    public static void Read(string path, PackageReading reading, CancellationToken stop) => stop.ThrowIfCancellationRequested();
}
