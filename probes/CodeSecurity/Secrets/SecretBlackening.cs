using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How a secret is shown: enough to find it again, too little to use it.</summary>
internal static partial class SecretBlackening
{
    private const int Showable = 12;
    private const int MostShown = 200;
    private const int LongLine = 400;

    /// <summary>The first four characters and SM3 of a value of at least twelve; of a shorter one its length alone, since it could be guessed from its digest.</summary>
    public static string Describe(string value) =>
        value.Length >= Showable ? $"{value[..4]}…（{value.Length} 个字符，SM3 {Digest(value)}）" : $"{value.Length} 个字符";

    /// <summary>The line a hit stands in, every hit in it blackened, at most 200 characters.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="at">Where the hit begins.</param>
    /// <param name="hits">All of the file, in order, not overlapping.</param>
    public static string Line(string text, int at, IReadOnlyList<SecretHit> hits)
    {
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var end = text.IndexOf('\n', at) is var found && found < 0 ? text.Length : found;
        var from = at - start > LongLine / 2 ? at - 60 : start;
        var to = Math.Min(end, from + LongLine);
        var line = new StringBuilder(from > start ? "…" : "");
        var position = from;
        foreach (var hit in hits.Where(h => h.End > from && h.Start < to))
        {
            if (hit.Start > position)
            {
                line.Append(Long(text[position..hit.Start]));
            }

            line.Append(Mark(hit.Value));
            position = Math.Max(position, hit.End);
        }

        if (position < to)
        {
            line.Append(Long(text[position..to]));
        }

        var shown = line.ToString().Replace('\t', ' ').Trim();
        return shown.Length <= MostShown ? shown : shown[..(MostShown - 1)] + "…";
    }

    private static string Mark(string value) => value.Length >= Showable ? $"{value[..4]}…‹SM3 {Digest(value)[..16]}›" : $"‹{value.Length} 个字符›";

    /// <summary>Beside a secret often stands the other half of it: whatever looks random goes too.</summary>
    private static string Long(string piece) =>
        LooksRandom().Replace(piece, m => m.Value.Any(char.IsAsciiDigit) && m.Value.Any(char.IsAsciiLetter) && SecretValue.Entropy(m.Value) >= 3 ? "‹已遮盖›" : m.Value);

    private static string Digest(string value) => Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes(value)));

    [GeneratedRegex("[A-Za-z0-9+/=_-]{16,}", RegexOptions.NonBacktracking)]
    private static partial Regex LooksRandom();
}
