using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>
/// Canonical equivalence of file names. The framework normalises nothing here (invariant globalization), so the decompositions of the
/// Unicode character database (version 14, plane 0) are kept as a table; Hangul is arithmetic. Marks are not put in order.
/// </summary>
internal static class CanonicalForm
{
    private const int Syllables = 0xAC00;
    private const int Leading = 0x1100;
    private const int Vowels = 0x1161;
    private const int Trailing = 0x11A7;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;
    private const int SyllableCount = 11172;
    private const int NestingCap = 4;

    private static readonly (FrozenDictionary<char, string> Parts, FrozenSet<char> Never, FrozenSet<(char, char)> Pairs) Table = Load();

    /// <summary>Whether something in it is one character in normal form C, or is never in that form.</summary>
    public static bool IsComposed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < 0xC0)
            {
                continue;
            }

            if (Table.Never.Contains(text[i]) || IsCompatibilityIdeograph(text, i) || (i > 0 && Composes(text[i - 1], text[i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Characters taken apart: equivalent names become equal.</summary>
    public static string Decompose(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u00BF'))
        {
            return text;
        }

        var taken = new StringBuilder(text.Length + 8);
        foreach (var one in text)
        {
            Append(taken, one, 0);
        }

        return taken.ToString();
    }

    private static void Append(StringBuilder taken, char one, int depth)
    {
        if (one - Syllables is >= 0 and < SyllableCount and var syllable)
        {
            taken.Append((char)(Leading + (syllable / (VowelCount * TrailingCount)))).Append((char)(Vowels + (syllable % (VowelCount * TrailingCount) / TrailingCount)));
            if (syllable % TrailingCount != 0)
            {
                taken.Append((char)(Trailing + (syllable % TrailingCount)));
            }
        }
        else if (depth < NestingCap && Table.Parts.TryGetValue(one, out var parts))
        {
            foreach (var part in parts)
            {
                Append(taken, part, depth + 1);
            }
        }
        else
        {
            taken.Append(one);
        }
    }

    private static bool Composes(char first, char second) =>
        Table.Pairs.Contains((first, second))
        || (first - Leading is >= 0 and < 19 && second - Vowels is >= 0 and < VowelCount)
        || (first - Syllables is >= 0 and < SyllableCount and var s && s % TrailingCount == 0 && second - Trailing is > 0 and < TrailingCount);

    private static bool IsCompatibilityIdeograph(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) && char.ConvertToUtf32(text[at], text[at + 1]) is >= 0x2F800 and <= 0x2FA1D;

    private static (FrozenDictionary<char, string> Parts, FrozenSet<char> Never, FrozenSet<(char, char)> Pairs) Load()
    {
        var (parts, never, pairs) = (new Dictionary<char, string>(), new HashSet<char>(), new HashSet<(char, char)>());
        using var table = new StreamReader(typeof(CanonicalForm).Assembly.GetManifestResourceStream("canonical-decompositions.txt")!);
        while (table.ReadLine() is { Length: > 0 } line)
        {
            var words = line.TrimStart('!').Split(' ');
            var whole = Character(words[0]);
            if (words.Length > 1)
            {
                parts[whole] = string.Concat(words.Skip(1).Select(Character));
            }

            if (line[0] == '!')
            {
                never.Add(whole);
            }
            else
            {
                pairs.Add((Character(words[1]), Character(words[2])));
            }
        }

        return (parts.ToFrozenDictionary(), never.ToFrozenSet(), pairs.ToFrozenSet());
    }

    private static char Character(string word) => (char)int.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
