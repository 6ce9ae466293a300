using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>One signature of a PDF file.</summary>
/// <param name="Place">For people.</param>
/// <param name="Checks">Step by step; empty where <paramref name="Trouble"/> says why nothing could be verified.</param>
/// <param name="Trouble">Null where its bytes could be had.</param>
/// <param name="BytesAfter">Bytes of the file behind what is signed: an update made afterwards.</param>
public sealed record PdfSignatureFinding(string Place, IReadOnlyList<SealCheck> Checks, string? Trouble, long BytesAfter);

/// <summary>
/// Signatures of a PDF file (ISO 32000-1 12.8, ETSI EN 319 142-1) by their ByteRange, without reading the document around them: a signature
/// dictionary with a ByteRange can lie in no object stream, because its own bytes are named by offsets.
/// </summary>
public static partial class PdfSignatures
{
    private const int MaxSignatures = 32;
    private const int AroundBytes = 8 * 1024;
    private const int MaxContents = 1024 * 1024;

    /// <summary>Bytes hashed for all signatures together: each covers nearly the whole file.</summary>
    private const long MaxHashedBytes = 512L * 1024 * 1024;

    /// <summary>In order of their ByteRange, the first 32. Never throws on content.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="trust">Whose certificates are believed.</param>
    /// <param name="stop">The probe's clock.</param>
    public static IReadOnlyList<PdfSignatureFinding> Of(ReadOnlyMemory<byte> file, SealTrust trust, CancellationToken stop)
    {
        var findings = new List<PdfSignatureFinding>();
        var hashed = 0L;
        for (var at = Next(file.Span, 0); at >= 0; at = Next(file.Span, at + 1))
        {
            stop.ThrowIfCancellationRequested();
            hashed += file.Length;
            if (findings.Count == MaxSignatures || hashed > MaxHashedBytes)
            {
                findings.Add(new("PDF", [], $"签名过多，只核验了前 {findings.Count} 个", 0));
                break;
            }

            var place = string.Create(CultureInfo.InvariantCulture, $"PDF 签名 {findings.Count + 1}（文件第 {at} 字节）");
            findings.Add(One(file, at, place, trust));
        }

        return findings;
    }

    private static int Next(ReadOnlySpan<byte> file, int from) => file[from..].IndexOf("/ByteRange"u8) is var found and >= 0 ? from + found : -1;

    private static PdfSignatureFinding One(ReadOnlyMemory<byte> file, int at, string place, SealTrust trust)
    {
        PdfSignatureFinding Unread(string why) => new(place, [], why, 0);
        var text = Encoding.Latin1.GetString(file.Span.Slice(at, Math.Min(200, file.Length - at)));
        if (Range().Match(text) is not { Success: true } match || Numbers(match) is not [var start, var gap, var end, var rest])
        {
            return Unread("ByteRange 不是四个数，没有核验");
        }

        if (start != 0 || gap <= 0 || end <= gap + 2 || end + rest > file.Length || rest <= 0 || end - gap > (2 * MaxContents) + 2)
        {
            return Unread($"ByteRange [{start} {gap} {end} {rest}] 与文件长度 {file.Length} 不相容，没有核验");
        }

        var (from, to) = ((int)gap, (int)end);
        if (at >= from && at < to)
        {
            return Unread("ByteRange 在自己空出的区间里，没有核验");
        }

        if (Contents(file.Span[from..to]) is not { } value || !Before(file.Span, from).TrimEnd().EndsWith("/Contents", StringComparison.Ordinal))
        {
            return Unread("ByteRange 空出的区间不恰好是 Contents 的十六进制串，其中可能有没有被签名的内容");
        }

        var around = Dictionary(file.Span, from, to);
        if (!around.Contains("/ByteRange", StringComparison.Ordinal))
        {
            return Unread("ByteRange 与它空出的 Contents 不在同一个对象里，没有核验");
        }

        byte[] content = [.. file.Span[..from], .. file.Span.Slice(to, (int)rest)];
        var filter = Filter().Match(around).Groups["n"].Value;
        var report = filter switch
        {
            "adbe.pkcs7.detached" or "ETSI.CAdES.detached" => DetachedSignature.Check(value, content, At(around), trust),
            "adbe.pkcs7.sha1" => DetachedSignature.CheckOfDigest(value, content, At(around), trust),
            "ETSI.RFC3161" => DetachedSignature.CheckTimestamp(value, content, trust),
            _ => null,
        };
        return report is null ? Unread($"签名的类型（SubFilter {(filter.Length > 0 ? filter : "没有写")}）不在可验证之列")
            : new(place, report.Checks, null, file.Length - (end + rest));
    }

    private static List<long>? Numbers(Match match)
    {
        var numbers = match.Groups["n"].Captures.Select(c => long.Parse(c.Value, CultureInfo.InvariantCulture)).ToList();
        return numbers.Count == 4 ? numbers : null;
    }

    /// <summary>The element in DER or BER that the hexadecimal string begins with; what follows it must be zeros.</summary>
    private static byte[]? Contents(ReadOnlySpan<byte> gap)
    {
        if (gap is not [(byte)'<', .. var digits, (byte)'>'])
        {
            return null;
        }

        var bare = new byte[digits.Length];
        var count = 0;
        foreach (var one in digits)
        {
            if (char.IsAsciiHexDigit((char)one))
            {
                bare[count++] = one;
            }
            else if (one is not ((byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t'))
            {
                return null;
            }
        }

        if (count % 2 != 0)
        {
            return null;
        }

        var bytes = Convert.FromHexString(Encoding.ASCII.GetString(bare, 0, count));
        return bytes is [0x30, ..] && BerForm.LengthOf(bytes) is { } length && !bytes.AsSpan(length).ContainsAnyExcept((byte)0) ? bytes[..length] : null;
    }

    private static string Before(ReadOnlySpan<byte> file, int end) => Encoding.Latin1.GetString(file[Math.Max(0, end - AroundBytes)..end]);

    /// <summary>The text of the object around its Contents.</summary>
    private static string Dictionary(ReadOnlySpan<byte> file, int from, int to)
    {
        var before = Before(file, from);
        before = before[Math.Max(0, before.LastIndexOf(" obj", StringComparison.Ordinal))..];
        var after = Encoding.Latin1.GetString(file.Slice(to, Math.Min(AroundBytes, file.Length - to)));
        var end = after.IndexOf("endobj", StringComparison.Ordinal);
        return string.Concat(before, end < 0 ? after : after[..end]);
    }

    /// <summary>The time of signing as the dictionary has it.</summary>
    private static DateTimeOffset? At(string dictionary) => Time().Match(dictionary) is { Success: true } match
        ? SealTime.TryRead(match.Groups["z"] is { Success: true, Value: not "Z" } ? $"{match.Groups["t"].Value}{match.Groups["z"].Value.Replace('\'', ':').TrimEnd(':')}" : $"{match.Groups["t"].Value}{match.Groups["z"].Value}")
        : null;

    [GeneratedRegex(@"^/ByteRange\s{0,20}\[\s{0,20}(?<n>[0-9]{1,10})(?:\s{1,20}(?<n>[0-9]{1,10})){3}\s{0,20}\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();

    [GeneratedRegex(@"/SubFilter\s{0,20}/(?<n>[A-Za-z0-9.]{1,40})", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Filter();

    [GeneratedRegex(@"/M\s{0,20}\(D:(?<t>[0-9]{14})(?<z>Z|[+-][0-9]{2}'[0-9]{2}'?)?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Time();
}
