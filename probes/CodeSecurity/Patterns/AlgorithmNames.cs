using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a text such as <c>SM4/CBC/PKCS5Padding</c>, <c>aes-128-gcm</c> or <c>SM3withSM2</c> says.</summary>
/// <param name="Algorithm">Null where it is none that the tables know.</param>
/// <param name="Mode">Upper case.</param>
/// <param name="KeyBits">Where it says them.</param>
internal sealed record NamedAlgorithm(CodeAlgorithm? Algorithm, string? Mode, int? KeyBits);

/// <summary>Reads names of algorithms as people write them.</summary>
internal sealed class AlgorithmNames
{
    private static readonly string[] Modes = ["ecb", "cbc", "ctr", "gcm", "ccm", "cfb", "ofb", "xts"];
    private static readonly string[] Prefixes = ["evp", "crypt"];
    private static readonly int[] Sizes = [128, 192, 256, 512, 1024, 2048, 3072, 4096];

    private readonly List<(string Spelling, CodeAlgorithm Algorithm)> _spellings;

    public AlgorithmNames(IReadOnlyList<CodePatternTable> tables)
    {
        _spellings = [.. tables.SelectMany(t => t.Algorithms).SelectMany(a => a.Spellings.Select(s => (s, a))).OrderByDescending(s => s.s.Length).ThenBy(s => s.s, StringComparer.Ordinal)];
        Known = tables.SelectMany(t => t.Algorithms).GroupBy(a => a.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, CodeAlgorithm> Known { get; }

    public NamedAlgorithm Read(string text)
    {
        if (text.Length > 80)
        {
            return new NamedAlgorithm(null, null, null);
        }

        var plain = string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        plain = Array.Find(Prefixes, p => plain.StartsWith(p, StringComparison.Ordinal)) is { } prefix ? plain[prefix.Length..] : plain;
        var with = plain.IndexOf("with", StringComparison.Ordinal);
        var isPassword = plain.StartsWith("pbe", StringComparison.Ordinal) || plain.StartsWith("pbkdf", StringComparison.Ordinal);
        var named = with > 0 && !isPassword ? plain[(with + 4)..] : plain;
        var found = _spellings.Find(s => named.StartsWith(s.Spelling, StringComparison.Ordinal));
        if (found.Algorithm is null && with > 0)
        {
            (named, with) = (plain, -1);
            found = _spellings.Find(s => named.StartsWith(s.Spelling, StringComparison.Ordinal));
        }

        if (found.Algorithm is null)
        {
            return new NamedAlgorithm(null, null, null);
        }

        var rest = named[found.Spelling.Length..];
        var mode = Array.Find(Modes, m => rest.Contains(m, StringComparison.Ordinal))?.ToUpperInvariant();
        var bits = found.Algorithm.Primitive is "block-cipher" or "pke" ? Array.Find(Sizes, s => rest.StartsWith(s.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)) : 0;
        return new NamedAlgorithm(with > 0 && !isPassword && found.Algorithm.Primitive == "pke" ? found.Algorithm with { Primitive = "signature" } : found.Algorithm, mode, bits == 0 ? null : bits);
    }
}
