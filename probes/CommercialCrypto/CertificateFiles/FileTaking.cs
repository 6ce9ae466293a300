using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Takes a file apart into PEM sections, DER elements and bare base64, in whatever mixture it has them. Text in UTF-16, byte order marks,
/// CRLF, prose around the sections and junk behind the last one are met and named, not stumbled over.
/// </summary>
internal sealed class FileTaking
{
    private const int MaxParts = 2000;
    private const int MaxProblems = 50;
    private const byte Sequence = 0x30;

    private static readonly System.Buffers.SearchValues<byte> Blank = System.Buffers.SearchValues.Create(" \t\r\n\0\u001a"u8);

    private readonly List<FilePart> _parts = [];
    private readonly List<PartProblem> _problems = [];
    private readonly List<string> _remarks = [];
    private bool _isWhole = true;

    public static TakenApart Run(ReadOnlyMemory<byte> file)
    {
        var taking = new FileTaking();
        taking.Take(file);
        return new TakenApart(taking._parts, taking._problems, taking._remarks, taking._isWhole);
    }

    /// <summary>A SEQUENCE of DER from the first byte to the last; what is in it is not looked at.</summary>
    public static bool IsOneElement(ReadOnlySpan<byte> bytes) => bytes is [Sequence, ..] && LengthOf(bytes, out _) == bytes.Length;

    private void Take(ReadOnlyMemory<byte> file)
    {
        var (text, unit) = (file, 1);
        if (Utf16(file.Span) is { } encoding)
        {
            text = Encoding.Latin1.GetBytes(encoding.GetString(file.Span));
            unit = 2;
            _remarks.Add("文件是 UTF-16 文本，按文本读取");
        }

        var begin = text.Span.IndexOf(PemSections.Begin);
        if (begin < 0)
        {
            TakeWithoutPem(text, file);
            return;
        }

        if (text.Span[0] == Sequence && unit == 1)
        {
            TakeDer(file[..begin], 0);
        }

        var pem = new PemSections(text, unit);
        while (_parts.Count < MaxParts && _problems.Count < MaxProblems && pem.Next() is var (part, problem))
        {
            Keep(part, problem);
        }

        _isWhole &= _parts.Count < MaxParts && _problems.Count < MaxProblems;
        if (text.Span[pem.Position..].IndexOfAnyExcept(Blank) is var at and >= 0 && IsBinary(text.Span[pem.Position..]))
        {
            _problems.Add(new PartProblem((pem.Position + at) * (long)unit, null, $"最后一个 PEM 段之后有 {text.Length - pem.Position - at} 字节不是文本的内容"));
        }
    }

    private void Keep(FilePart? part, PartProblem? problem)
    {
        if (part is not null)
        {
            _parts.Add(part);
        }

        if (problem is not null)
        {
            _problems.Add(problem);
        }
    }

    private void TakeWithoutPem(ReadOnlyMemory<byte> text, ReadOnlyMemory<byte> file)
    {
        // The digit 0 begins many a text file and is the tag of a SEQUENCE.
        if (file.Span is [Sequence, ..] && file.Span.IndexOfAnyExceptInRange((byte)0x09, (byte)0x7E) >= 0)
        {
            TakeDer(file, 0);
        }
        else if (PemSections.DecodeBase64(text.Span, out _) is [Sequence, ..] bare)
        {
            _remarks.Add("文件是没有 PEM 首尾行的 base64 文本");
            TakeDer(bare, 0);
        }
    }

    /// <summary>One element after the other, each as long as it says.</summary>
    private void TakeDer(ReadOnlyMemory<byte> bytes, int from)
    {
        for (var at = from; at < bytes.Length; at += _parts[^1].Bytes.Length)
        {
            var rest = bytes[at..];
            if (rest.Span[0] != Sequence)
            {
                if (rest.Span.IndexOfAnyExcept(" \t\r\n\0"u8) >= 0)
                {
                    _problems.Add(new PartProblem(at, null, $"DER 结构之后还有 {rest.Length} 字节多余内容"));
                }

                return;
            }

            if (_parts.Count >= MaxParts)
            {
                _isWhole = false;
                return;
            }

            if (LengthOf(rest.Span, out var problem) is not { } length)
            {
                _problems.Add(new PartProblem(at, null, problem));
                return;
            }

            _parts.Add(new FilePart(at, null, PemSections.NoHeaders, rest[..length]));
        }
    }

    /// <summary>Of the whole element; header and content.</summary>
    private static int? LengthOf(ReadOnlySpan<byte> bytes, out string problem)
    {
        problem = "DER 结构在长度字段处结束，应有完整的标签与长度";
        if (bytes.Length < 2)
        {
            return null;
        }

        if (bytes[1] == 0x80)
        {
            problem = "是不定长的 BER 编码，应为 DER";
            return null;
        }

        var octets = bytes[1] < 0x80 ? 0 : bytes[1] & 0x7F;
        if (octets > 4 || bytes.Length < 2 + octets)
        {
            problem = octets > 4 ? $"长度字段有 {octets} 字节，应不超过 4 字节" : problem;
            return null;
        }

        long length = octets == 0 ? bytes[1] : 0;
        foreach (var octet in bytes.Slice(2, octets))
        {
            length = (length << 8) | octet;
        }

        if (length > bytes.Length - 2 - octets)
        {
            problem = $"内容被截断：结构声明 {length} 字节，文件里只剩 {bytes.Length - 2 - octets} 字节";
            return null;
        }

        return 2 + octets + (int)length;
    }

    private static UnicodeEncoding? Utf16(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xFE, ..] or [(byte)'-', 0, (byte)'-', 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        [0xFE, 0xFF, ..] or [0, (byte)'-', 0, (byte)'-', ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };

    /// <summary>Control characters no text has.</summary>
    private static bool IsBinary(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyInRange((byte)0x01, (byte)0x08) >= 0;
}
