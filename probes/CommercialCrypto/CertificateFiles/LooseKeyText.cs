using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A text that may be a private key written without any structure around it.</summary>
/// <param name="Offset">In bytes of the text.</param>
/// <param name="What">How it is written, for people; never the text itself.</param>
/// <param name="IsNamed">The name before it says private key.</param>
internal sealed record LooseText(int Offset, string What, bool IsNamed);

/// <summary>
/// Whatever is as long and as mixed as a private key, in digits of any kind, and is not explained by a name that says digest or public key, or by
/// being a structure that is none. A number alone does not say what it is, so that this doubts and never proves.
/// </summary>
internal static partial class LooseKeyText
{
    private const int MostTexts = 200;
    private const int ShortestNamed = 20;
    private const int ShortestBase64 = 40;
    private const int FewestHexDigits = 56;
    private const int LongestName = 80;
    private const int MostRuns = 20_000;
    private const int MostBroken = 50;
    private const byte Sequence = 0x30;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Letters of both cases and digits change into each other three times in five in random base64, seldom in words and paths.</summary>
    private const double MixedShare = 0.4;

    /// <param name="text">One letter a byte.</param>
    /// <param name="read"><see cref="FilePart.Identity"/> of the sections that were looked at already; others are text like any.</param>
    public static IReadOnlyList<LooseText> Find(string text, IReadOnlySet<string>? read = null)
    {
        var bare = Without(text, read);
        List<LooseText> found = [];
        foreach (var run in Capped(Runs(), bare, found))
        {
            var name = NameBefore(bare, run.Index);
            var isNamed = PrivateName().IsMatch(name);
            if ((isNamed || !PublicName().IsMatch(name)) && Written(run.Value, isNamed) is { } what && found.Count < MostTexts)
            {
                found.Add(new LooseText(run.Index, what, isNamed));
            }
        }

        foreach (var bytes in Capped(Separated(), bare, found).Concat(Capped(DecimalBytes(), bare, found)))
        {
            var name = NameBefore(bare, bytes.Index);
            if ((PrivateName().IsMatch(name) || !PublicName().IsMatch(name)) && IsByteList(bytes.Value) && found.Count < MostTexts)
            {
                found.Add(new LooseText(bytes.Index, "分开写的字节", PrivateName().IsMatch(name)));
            }
        }

        return found;
    }

    /// <summary>What one form was found in; that there is more than is looked at is a finding too.</summary>
    private static List<Match> Capped(Regex form, string text, List<LooseText> found)
    {
        var matches = form.Matches(text).Take(MostRuns).ToList();
        if (matches.Count == MostRuns)
        {
            found.Add(new LooseText(matches[^1].Index, "很多长串字符，其后的没有再看", IsNamed: false));
        }

        return matches;
    }

    /// <summary>Sections that were read are blanked. One with headers is not: what they say of its content is only said.</summary>
    private static string Without(string text, IReadOnlySet<string>? read)
    {
        if (read is null or { Count: 0 })
        {
            return text;
        }

        var letters = text.ToCharArray();
        var pem = new PemSections(Encoding.Latin1.GetBytes(text), 1);
        for (var broken = 0; broken < MostBroken && pem.Next() is var (part, _);)
        {
            broken += part is null ? 1 : 0;
            if (part is not null && (part.Headers.Count == 0 || part.Label!.StartsWith("PGP ", StringComparison.Ordinal)) && read.Contains(part.Identity))
            {
                letters.AsSpan((int)part.Offset..pem.Position).Fill('\n');
            }
        }

        return new string(letters);
    }

    /// <summary>Null for what is no key for certain.</summary>
    private static string? Written(string run, bool isNamed)
    {
        const int longestSerial = 59, shortestHex = 32;
        var lineEnd = run.IndexOf('\n', StringComparison.Ordinal);
        if (lineEnd > 0 && run.AsSpan(0, lineEnd).TrimEnd() is var line && line.IndexOfAnyExcept(HexDigits) < 0)
        {
            return $"{line.Length} 位十六进制";
        }

        var digits = run.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? run[2..] : run;
        if (digits.All(char.IsAsciiDigit))
        {
            return digits.Length > longestSerial ? "很长的十进制数" : null;
        }

        if (digits.All(char.IsAsciiHexDigit))
        {
            return digits.Length >= shortestHex ? $"{digits.Length} 位十六进制" : null;
        }

        var compact = string.Concat(run.Where(c => !char.IsWhiteSpace(c)));
        return compact.Length >= (isNamed ? ShortestNamed : ShortestBase64) && IsMixed(compact) && !IsKnownStructure(compact) ? $"{compact.Length} 个字符的 Base64" : null;
    }

    private static bool IsMixed(string text)
    {
        static int Class(char c) => char.IsAsciiLetterLower(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : char.IsAsciiDigit(c) ? 2 : 3;
        var changes = 0;
        for (var i = 1; i < text.Length; i++)
        {
            changes += Class(text[i]) != Class(text[i - 1]) ? 1 : 0;
        }

        return changes >= MixedShare * (text.Length - 1);
    }

    /// <summary>DER that is read as what it is, or the public key of a line of OpenSSH.</summary>
    private static bool IsKnownStructure(string compact)
    {
        var whole = compact.Replace('-', '+').Replace('_', '/');
        var padded = (whole.Length % 4) switch { 2 => whole + "==", 3 => whole + "=", 1 => whole[..^1], _ => whole };
        var bytes = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, bytes, out var written))
        {
            return false;
        }

        var content = bytes.AsSpan(0, written);
        if (content.Length > 12 && content[..3].SequenceEqual(new byte[3]) && (content[4..].StartsWith("ssh-"u8) || content[4..].StartsWith("ecdsa-"u8) || content[4..].StartsWith("sk-"u8)))
        {
            return true;
        }

        if (written < 4 || content[0] != Sequence)
        {
            return false;
        }

        try
        {
            DerGuard.Check(bytes.AsMemory(0, written), DerLimits.Cms with { MaxIntegerBytes = 2056 });
            return KeyContainerReader.ReadDer(bytes.AsMemory(0, written), out var problem) is null && problem is null;
        }
        catch (DerRejectedException)
        {
            return false;
        }
    }

    /// <summary>Groups of hexadecimal digits of one length, or numbers from −128 to 255, thirty of them or so.</summary>
    private static bool IsByteList(string text)
    {
        var groups = text.Split([':', ',', ';', '.', ' ', '\t', '_', '-', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(g => g.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? g[2..] : g).ToList();
        return groups.All(g => g.All(char.IsAsciiDigit))
            ? text.Contains(',', StringComparison.Ordinal) && groups.Select(g => g.Length).Distinct().Count() > 1
            : groups.Sum(g => g.Length) >= FewestHexDigits && groups.Take(groups.Count - 1).All(g => g.Length == groups[0].Length && g.Length % 2 == 0);
    }

    /// <summary>The last two words before a value, on its line or on the one before where that ends as if the value followed.</summary>
    private static string NameBefore(string text, int at)
    {
        var before = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text[Math.Max(0, at - LongestName)..at])).TrimEnd(' ', '\t', '"', '\'');
        if (before.EndsWith('\n'))
        {
            before = before.TrimEnd();
            if (before.Length == 0 || before[^1] is not (':' or '=' or '>' or '[' or '(' or '{'))
            {
                return "";
            }
        }

        var line = before.TrimEnd(':', '=', '>', '[', '(', '{', '"', '\'', '+', ' ', '\t', '|');
        line = line[(line.LastIndexOfAny(['\n', '\r', ',', ';', '<', '{', '=', ':']) + 1)..];
        return string.Join(' ', line.Split([' ', '\t', '"', '\''], StringSplitOptions.RemoveEmptyEntries).TakeLast(2));
    }

    /// <summary>A line of base64 and those it goes on in.</summary>
    [GeneratedRegex(@"(?:[A-Za-z0-9+/]{60,}\r?\n[ \t]*)+[A-Za-z0-9+/]+|[A-Za-z0-9+/_-]{20,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Runs();

    [GeneratedRegex(@"(?:0x)?[0-9A-Fa-f]{2,31}(?:(?:[:,;. \t_-]|\r?\n){1,24}(?:0x)?[0-9A-Fa-f]{2,31}){3,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Separated();

    [GeneratedRegex(@"-?[0-9]{1,3}(?:,\s{0,24}-?[0-9]{1,3}){27,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DecimalBytes();

    [GeneratedRegex("priv|私钥|prk|pri_?key|secret_?key|(^|[^a-z])sk$|sm2[._-]?(d|key)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PrivateName();

    /// <summary>What says that a value is a digest, a signature, a public key or a part of one.</summary>
    [GeneratedRegex("pub|digest|hash|^sha-?[0-9]|^sm3$|^md5|fingerprint|thumbprint|checksum|serial|modulus|signature|identifier|key.?id$|指纹|摘要|杂凑|公钥|签名|序列号|x5t|x5c|^(n|e|x|y)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PublicName();
}
