namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Archives in which own source may lie; nobody opens them. Compiled libraries such as jar files are none.</summary>
internal static class Archives
{
    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".lz4", ".7z", ".rar", ".war", ".ear", ".cab", ".cpio", ".rpm", ".deb", ".apk", ".egg", ".whl", ".phar", ".asar", ".hap", ".har",
    };

    private static readonly byte[][] Magic =
    [
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1A, 7],
        [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C],
        [0x1F, 0x8B, 8],
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0],
        [(byte)'B', (byte)'Z', (byte)'h'],
        [0x28, 0xB5, 0x2F, 0xFD],
    ];

    /// <summary>By its name alone.</summary>
    public static bool IsNamed(string path) => Endings.Contains(Path.GetExtension(path)) || path.EndsWith("-sources.jar", StringComparison.OrdinalIgnoreCase);

    /// <param name="path">Of the file.</param>
    /// <param name="bytes">All of it; an empty file and plain text are no archives.</param>
    public static bool Is(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8 || Charsets.Decode(bytes[..Math.Min(bytes.Length, 512)]) is { IsDamaged: false })
        {
            return false;
        }

        return IsNamed(path) || Begins(bytes);
    }

    private static bool Begins(ReadOnlySpan<byte> bytes)
    {
        foreach (var magic in Magic)
        {
            if (bytes.StartsWith(magic))
            {
                return true;
            }
        }

        return false;
    }
}
