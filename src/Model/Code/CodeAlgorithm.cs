using System.ComponentModel;
using System.Globalization;

namespace SmartCity.SecurityCheck.Model;

/// <summary>An algorithm as an inventory names it.</summary>
/// <param name="Name">As shown.</param>
/// <param name="Standing">What its use means in a Chinese government system.</param>
/// <param name="Primitive">What it is for.</param>
/// <param name="Spellings">Lower case, without blanks, hyphens, underscores, dots and slashes; a text that begins with one means the algorithm, the longest counts.</param>
public sealed record CodeAlgorithm(string Name, AlgorithmStanding Standing, string Primitive, IReadOnlyList<string> Spellings)
{
    /// <summary>Object identifiers by parameters: empty, a mode, a number of bits, or both as <c>128/CBC</c>.</summary>
    public IReadOnlyDictionary<string, string> Oids { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How its strength follows; null where nobody measured it in bits.</summary>
    public AlgorithmStrength? Strength { get; init; }

    /// <summary>Keys of fewer bits count as weak.</summary>
    public int? WeakBelow { get; init; }

    /// <summary>Of this use: an algorithm that is none of the weak ones is weak by its key.</summary>
    /// <param name="bits">Of the key; null where nobody knows them.</param>
    public AlgorithmStanding StandingOf(int? bits) => bits < WeakBelow ? AlgorithmStanding.Weak : Standing;

    /// <summary>The algorithm that a text names by its longest spelling, as <see cref="Spellings"/> say; null where none does.</summary>
    /// <param name="among">Of the tables.</param>
    /// <param name="text">TLSv1.0, sm4-cbc …</param>
    public static CodeAlgorithm? Spelled(IEnumerable<CodeAlgorithm> among, string text)
    {
        var plain = string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return among.SelectMany(a => a.Spellings.Where(s => s.Length > 0 && plain.StartsWith(s, StringComparison.Ordinal)).Select(s => (s.Length, Algorithm: a)))
            .OrderByDescending(s => s.Length).Select(s => s.Algorithm).FirstOrDefault();
    }

    /// <summary>The identifier that says most; null where none is registered or known.</summary>
    public string? OidOf(string? mode, int? bits)
    {
        var size = bits?.ToString(CultureInfo.InvariantCulture);
        string?[] keys = [size is null || mode is null ? null : $"{size}/{mode}", mode, size, ""];
        return keys.Select(k => k is null ? null : Oids.GetValueOrDefault(k)).FirstOrDefault(o => o is not null);
    }
}

/// <summary>How many bits an attacker without a quantum computer has to search (NIST SP 800-57 Part 1 Rev. 5, tables 2 and 3).</summary>
/// <param name="Basis">Where the number comes from.</param>
/// <param name="Bits">For <see cref="StrengthBasis.Fixed"/>.</param>
public sealed record AlgorithmStrength(StrengthBasis Basis, int Bits)
{
    private static readonly (int Modulus, int Strength)[] Moduli = [(15360, 256), (7680, 192), (3072, 128), (2048, 112), (1024, 80)];

    /// <param name="bits">Of the key, the digest or the field; null where nobody knows them.</param>
    /// <returns>Null where the strength cannot be told.</returns>
    public int? Of(int? bits) => Basis switch
    {
        StrengthBasis.Fixed => Bits,
        StrengthBasis.Key => bits,
        StrengthBasis.Half => bits / 2,
        _ => Moduli.Where(m => bits >= m.Modulus).Select(m => (int?)m.Strength).FirstOrDefault(),
    };
}

public enum StrengthBasis
{
    /// <summary>The algorithm has one strength.</summary>
    Fixed,

    /// <summary>All bits of the key.</summary>
    Key,

    /// <summary>Half the bits: curves, and collisions of a digest.</summary>
    Half,

    /// <summary>Of the modulus, by table.</summary>
    Modulus,
}

public enum AlgorithmStanding
{
    /// <summary>Of the national commercial standards.</summary>
    [Description("商密")]
    Sm,

    /// <summary>Not broken, and not of the national standards.</summary>
    [Description("国外")]
    Foreign,

    /// <summary>Broken or too short.</summary>
    [Description("不安全")]
    Weak,
}

/// <summary>What people call a standing, or that there is none.</summary>
public static class AlgorithmStandings
{
    /// <summary>The tables do not know the algorithm, or nobody says which it is.</summary>
    public const string Open = "未定";

    /// <param name="standing">Null: <see cref="Open"/>.</param>
    public static string Say(AlgorithmStanding? standing) => standing is { } known ? EnumWords.Say(known) : Open;
}
