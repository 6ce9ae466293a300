using System.Numerics;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Versions in the order Maven gives them: numbers, then known qualifiers, a hyphen or a change between letters and digits opening a part of its own.</summary>
internal sealed class MavenVersion
{
    private const int Deepest = 60;

    /// <summary>From the least to the greatest; the empty one is the release itself.</summary>
    private static readonly string[] Qualifiers = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];

    private readonly Part _whole;

    private MavenVersion(Part whole) => _whole = whole;

    public static bool TryParse(string text, out MavenVersion? version)
    {
        version = null;
        if (text.Length is 0 or > 200 || !text.Any(char.IsAsciiDigit) || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '.' and not '-' and not '_' and not '+'))
        {
            return false;
        }

        version = Read(text.ToLowerInvariant()) is { } whole ? new MavenVersion(whole) : null;
        return version is not null;
    }

    /// <summary>Negative, zero or positive as it comes before, with or behind the other one.</summary>
    public int Against(MavenVersion other) => Compare(_whole, other._whole);

    private static Part? Read(string text)
    {
        var whole = new Part(null, null, []);
        var (at, start) = (whole, 0);
        var open = new List<Part> { whole };
        void Open()
        {
            var inner = new Part(null, null, []);
            at.Items!.Add(inner);
            at = inner;
            open.Add(inner);
        }

        for (var i = 0; i <= text.Length; i++)
        {
            var isEnd = i == text.Length;
            if (isEnd || text[i] is '.' or '-')
            {
                if (i > start)
                {
                    at.Items!.Add(Piece(text[start..i], false));
                }
                else if (!isEnd)
                {
                    at.Items!.Add(new Part(0, null, null));
                }

                start = i + 1;
                if (!isEnd && text[i] == '-')
                {
                    Open();
                }
            }
            else if (i > start && char.IsAsciiDigit(text[i]) != char.IsAsciiDigit(text[i - 1]))
            {
                at.Items!.Add(Piece(text[start..i], char.IsAsciiDigit(text[i])));
                start = i;
                Open();
            }

            if (open.Count > Deepest)
            {
                return null;
            }
        }

        for (var i = open.Count - 1; i >= 0; i--)
        {
            Trim(open[i].Items!);
        }

        return whole;
    }

    private static Part Piece(string text, bool isBeforeDigit)
    {
        if (char.IsAsciiDigit(text[0]))
        {
            return new Part(BigInteger.Parse(text), null, null);
        }

        var word = (text, isBeforeDigit) switch
        {
            ("a", true) => "alpha",
            ("b", true) => "beta",
            ("m", true) => "milestone",
            ("ga" or "final" or "release", _) => "",
            ("cr", _) => "rc",
            _ => text,
        };
        return new Part(null, word, null);
    }

    /// <summary>Nothings at the end say nothing.</summary>
    private static void Trim(List<Part> items)
    {
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (items[i].IsNothing)
            {
                items.RemoveAt(i);
            }
            else if (items[i].Items is null)
            {
                break;
            }
        }
    }

    private static int Compare(Part? one, Part? two)
    {
        if (one is null || two is null)
        {
            return one is null ? two is null ? 0 : -Compare(two, null) : AgainstNothing(one);
        }

        if (one.Rank != two.Rank)
        {
            return one.Rank.CompareTo(two.Rank);
        }

        if (one.Number is { } number)
        {
            return number.CompareTo(two.Number!.Value);
        }

        if (one.Word is { } word)
        {
            return CompareWords(word, two.Word!);
        }

        for (var i = 0; i < Math.Max(one.Items!.Count, two.Items!.Count); i++)
        {
            var order = Compare(one.Items.ElementAtOrDefault(i), two.Items.ElementAtOrDefault(i));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int AgainstNothing(Part part)
    {
        if (part.Number is { } number)
        {
            return number.Sign;
        }

        return part.Word is { } word ? CompareWords(word, "") : part.Items!.Select(AgainstNothing).FirstOrDefault(o => o != 0);
    }

    private static int CompareWords(string one, string two)
    {
        static (int Place, string Word) Key(string word) => Array.IndexOf(Qualifiers, word) is var at and >= 0 ? (at, "") : (Qualifiers.Length, word);
        var (a, b) = (Key(one), Key(two));
        return a.Place != b.Place ? a.Place.CompareTo(b.Place) : string.CompareOrdinal(a.Word, b.Word);
    }

    /// <summary>A number, a word, or parts.</summary>
    private sealed record Part(BigInteger? Number, string? Word, List<Part>? Items)
    {
        public bool IsNothing => Number is { IsZero: true } || Word is { Length: 0 } || Items is { Count: 0 };

        /// <summary>Where two parts are of different kinds, words come before parts and parts before numbers.</summary>
        public int Rank => Number is not null ? 2 : Word is not null ? 0 : 1;
    }
}
