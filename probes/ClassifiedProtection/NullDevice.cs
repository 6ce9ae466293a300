namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Whether a log file keeps nothing: devices, however the path is written.</summary>
internal static class NullDevice
{
    private static readonly string[] Streams = ["/dev/stdout", "/dev/stderr", "/dev/log"];

    /// <param name="path">Full, or relative to what does not matter.</param>
    public static bool Is(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Trim().Split('/').Where(p => p is not ("" or ".")))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "..")
            {
                parts.Add(part);
            }
        }

        var plain = $"/{string.Join('/', parts)}";
        return path.TrimStart().StartsWith('/') && (plain.StartsWith("/dev/", StringComparison.Ordinal) || plain.StartsWith("/proc/", StringComparison.Ordinal)) && !Streams.Contains(plain, StringComparer.Ordinal);
    }
}
