using System.Buffers;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>PEM sections (RFC 7468, headers of RFC 1421) of a text, one after the other; a broken one does not hide those behind it.</summary>
internal sealed class PemSections(ReadOnlyMemory<byte> text, int unit)
{
    private const int LongestLabel = 64;

    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n\v\f"u8);

    public static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static ReadOnlySpan<byte> Begin => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> Dashes => "-----"u8;

    /// <summary>Behind the last section given.</summary>
    public int Position { get; private set; }

    /// <returns>Null where there is no further section.</returns>
    public (FilePart? Part, PartProblem? Problem)? Next()
    {
        var span = text.Span;
        var begin = span[Position..].IndexOf(Begin);
        if (begin < 0)
        {
            return null;
        }

        var start = Position + begin;
        var named = span[(start + Begin.Length)..];
        var labelEnd = named[..Math.Min(named.Length, LongestLabel + Dashes.Length)].IndexOf(Dashes);
        if (labelEnd < 0)
        {
            Position = start + Begin.Length;
            return (null, Problem(start, null, "BEGIN 行不完整，应为 -----BEGIN 名称-----"));
        }

        var label = Encoding.Latin1.GetString(named[..labelEnd]);
        var body = start + Begin.Length + labelEnd + Dashes.Length;
        var ending = Encoding.Latin1.GetBytes($"-----END {label}-----");
        var end = span[body..].IndexOf(ending);
        var other = span[body..].IndexOf(Begin);
        if (end < 0 || (other >= 0 && other < end))
        {
            Position = other >= 0 ? body + other : text.Length;
            return (null, Problem(start, label, $"没有结尾行，应有 -----END {Shown(label)}-----"));
        }

        Position = body + end + ending.Length;
        return Read(start, label, body, span.Slice(body, end));
    }

    private (FilePart? Part, PartProblem? Problem) Read(int start, string label, int body, ReadOnlySpan<byte> content)
    {
        var headers = ReadHeaders(content, out var skipped);
        if (DecodeBase64(WithoutChecksum(content[skipped..], label), out var wrong) is not { } bytes)
        {
            return (null, Problem(body + skipped + wrong, label, "base64 内容有误：应只有 base64 字符，长度为 4 的倍数"));
        }

        return bytes.Length == 0
            ? (null, Problem(start, label, "段里没有内容"))
            : (new FilePart(start * (long)unit, label, headers, bytes), null);
    }

    /// <summary>OpenPGP armour ends with a checksum line.</summary>
    private static ReadOnlySpan<byte> WithoutChecksum(ReadOnlySpan<byte> content, string label)
    {
        var at = label.StartsWith("PGP ", StringComparison.Ordinal) ? content.LastIndexOf("\n="u8) : -1;
        return at < 0 ? content : content[..at];
    }

    private static Dictionary<string, string> ReadHeaders(ReadOnlySpan<byte> content, out int skipped)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        skipped = 0;
        while (true)
        {
            var rest = content[skipped..];
            var lineEnd = rest.IndexOf((byte)'\n');
            var line = lineEnd < 0 ? rest : rest[..lineEnd];
            var colon = line.IndexOf((byte)':');
            if (lineEnd < 0 || headers.Count > 16 || (colon < 0 && !line.TrimEnd((byte)'\r').IsEmpty))
            {
                return headers;
            }

            if (colon > 0)
            {
                headers[Encoding.Latin1.GetString(line[..colon]).Trim()] = Encoding.Latin1.GetString(line[(colon + 1)..]).Trim();
            }

            skipped += lineEnd + 1;
        }
    }

    /// <param name="text">With blanks wherever they may be.</param>
    /// <param name="wrong">Where the first character stands that is not base64.</param>
    internal static byte[]? DecodeBase64(ReadOnlySpan<byte> text, out int wrong)
    {
        var bare = new byte[text.Length];
        var count = 0;
        wrong = text.Length;
        for (var i = 0; i < text.Length; i++)
        {
            if (Blank.Contains(text[i]))
            {
                continue;
            }

            if (!Base64.Contains(text[i]))
            {
                wrong = i;
                return null;
            }

            bare[count++] = text[i];
        }

        var decoded = new byte[count / 4 * 3];
        return System.Buffers.Text.Base64.DecodeFromUtf8(bare.AsSpan(0, count), decoded, out _, out var written) == OperationStatus.Done ? decoded[..written] : null;
    }

    private PartProblem Problem(int at, string? label, string found) => new(at * (long)unit, label is null ? null : Shown(label), found);

    private static string Shown(string label) => new([.. label.Where(c => char.IsAsciiLetterOrDigit(c) || c == ' ')]);
}
