namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The tag files of a bag (RFC 8493).</summary>
internal sealed class BagReading
{
    public bool HasDeclaration { get; set; }

    public string? Version { get; set; }

    public string? Encoding { get; set; }

    /// <summary>Lines of manifests and tag manifests.</summary>
    public List<BagLine> Lines { get; } = [];

    /// <summary>Why <see cref="Lines"/> are not all there are; null where they are.</summary>
    public string? Cut { get; set; }

    /// <summary>Algorithms of payload manifests.</summary>
    public List<string> Algorithms { get; } = [];

    /// <summary>Bytes and files of <c>Payload-Oxum</c>; null where it says none.</summary>
    public (long Bytes, long Files)? Oxum { get; set; }

    /// <summary>What is wrong with the tag files themselves.</summary>
    public List<(string Place, string Left, string Right)> Faults { get; } = [];

    /// <summary>Paths that <c>fetch.txt</c> says lie elsewhere; nothing is fetched.</summary>
    public HashSet<string> Fetched { get; } = new(StringComparer.Ordinal);
}

/// <param name="Manifest">File it stands in.</param>
/// <param name="Algorithm">sha256, sm3 …</param>
/// <param name="Digest">Hexadecimal, as written.</param>
/// <param name="Path">After decoding of %0A, %0D and %25.</param>
/// <param name="IsTag">Of a tag manifest.</param>
internal sealed record BagLine(string Manifest, string Algorithm, string Digest, string Path, bool IsTag);
