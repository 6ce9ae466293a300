using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>
/// Looks through a PDF file (ISO 32000) from front to back for names that speak against keeping it, also in its object streams; it is no
/// validation. Streams of pages and pictures are passed over; in encrypted files object streams cannot be looked into.
/// </summary>
internal static partial class PdfScan
{
    private const int HeadBytes = 1024;
    private const long ScanCap = 64L << 20;
    private const int TailBytes = 1 << 20;
    private const int InflateCap = 4 << 20;
    private const long InflateTotalCap = 64L << 20;
    private const int NameCap = 64;

    private static readonly Dictionary<string, FormatVeto> Names = new(StringComparer.Ordinal)
    {
        ["Encrypt"] = FormatVeto.Encrypted,
        ["JavaScript"] = FormatVeto.Script,
        ["JS"] = FormatVeto.Script,
        ["Launch"] = FormatVeto.Launch,
        ["EmbeddedFile"] = FormatVeto.EmbeddedFile,
        ["EmbeddedFiles"] = FormatVeto.EmbeddedFile,
    };

    /// <summary>The header may stand within the first 1024 bytes (ISO 32000-1, annex H); in the midst of a line it is only spoken of.</summary>
    public static bool Is(ReadOnlySpan<byte> head)
    {
        var at = HeaderAt(head);
        return at >= 0 && (at == 0 || head[at - 1] is (byte)'\r' or (byte)'\n' or 0 || head[..at].Trim(" \t"u8).IsEmpty) && at + 6 < head.Length && char.IsAsciiDigit((char)head[at + 5]) && head[at + 6] == '.';
    }

    public static RecognisedFormat Of(ByteSource source, bool isWhole, CancellationToken stop)
    {
        var bytes = new byte[Math.Min(source.Length, ScanCap)];
        bytes = bytes[..source.ReadFully(0, bytes)];
        var found = new SortedSet<FormatVeto>();
        var inflated = 0L;
        var end = Walk(bytes, found, ref inflated, isOuter: true, stop);
        var tail = new byte[bytes.Length < source.Length ? TailBytes : 0];
        tail = tail[..source.ReadFully(source.Length - tail.Length, tail)];
        Walk(tail, found, ref inflated, isOuter: true, stop);
        var isSeen = isWhole && end && bytes.Length == source.Length && !found.Contains(FormatVeto.Encrypted);
        var version = Version(bytes);
        return new RecognisedFormat
        {
            Name = FormatCatalogue.Of("pdf") with { Puid = Puid(version) },
            Version = version,
            Declares = Claim(bytes) ?? Claim(tail),
            Vetoes = isSeen || found.Count > 0 ? [.. found] : null,
        };
    }

    /// <summary>Offsets of a file with something before its header count from the header; 0 where there is none.</summary>
    public static long HeaderAt(ByteSource source)
    {
        var head = new byte[HeadBytes];
        return Math.Max(0, HeaderAt(head.AsSpan(0, source.ReadFully(0, head))));
    }

    private static int HeaderAt(ReadOnlySpan<byte> head) => head[..Math.Min(head.Length, HeadBytes)].IndexOf("%PDF-"u8);

    private static string? Version(ReadOnlySpan<byte> bytes)
    {
        var said = Encoding.Latin1.GetString(bytes.Slice(HeaderAt(bytes) + 5, Math.Min(3, bytes.Length - HeaderAt(bytes) - 5)));
        return said.Length == 3 && char.IsAsciiDigit(said[0]) && said[1] == '.' && char.IsAsciiDigit(said[2]) ? said : null;
    }

    private static string? Puid(string? version) => version switch
    {
        "1.0" => "fmt/14",
        "1.1" => "fmt/15",
        "1.2" => "fmt/16",
        "1.3" => "fmt/17",
        "1.4" => "fmt/18",
        "1.5" => "fmt/19",
        "1.6" => "fmt/20",
        "2.0" => "fmt/1129",
        _ => "fmt/276",
    };

    /// <summary>The identification of ISO 19005 in the XMP packet, which PDF/A must not pack.</summary>
    private static string? Claim(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf("http://www.aiim.org/pdfa/ns/id/"u8);
        if (at < 0)
        {
            return null;
        }

        var packet = Encoding.UTF8.GetString(bytes.Slice(at, Math.Min(8192, bytes.Length - at)));
        var part = Part().Match(packet);
        var conformance = Conformance().Match(packet);
        return part.Success ? $"PDF/A-{part.Groups["is"].Value}{(conformance.Success ? conformance.Groups["is"].Value.ToLowerInvariant() : "")}" : null;
    }

    /// <returns>False where a bound cut it short.</returns>
    private static bool Walk(ReadOnlySpan<byte> bytes, SortedSet<FormatVeto> found, ref long inflated, bool isOuter, CancellationToken stop)
    {
        var (at, isPacked, isFlate, hasEnds) = (0, false, false, true);
        while (at < bytes.Length)
        {
            var next = bytes[at..].IndexOfAny((byte)'/', (byte)'s');
            if (next < 0)
            {
                break;
            }

            at += next;
            if (bytes[at] == '/')
            {
                var name = Name(bytes, ref at);
                isPacked |= name == "ObjStm";
                isFlate |= name is "FlateDecode" or "Fl";
                if (Names.TryGetValue(name, out var veto))
                {
                    found.Add(veto);
                }
            }
            else if (isOuter && bytes[at..].StartsWith("stream"u8) && !(at >= 3 && bytes.Slice(at - 3, 3).SequenceEqual("end"u8)))
            {
                if (!PassStream(bytes, ref at, ref hasEnds, isPacked && isFlate, found, ref inflated, stop))
                {
                    return false;
                }

                (isPacked, isFlate) = (false, false);
            }
            else
            {
                at++;
            }
        }

        return true;
    }

    /// <summary>Moves behind the stream that begins here; after the first without an end none is looked for, for that would cost the square.</summary>
    private static bool PassStream(ReadOnlySpan<byte> bytes, ref int at, ref bool hasEnds, bool isObjects, SortedSet<FormatVeto> found, ref long inflated, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var start = at + 6 + (bytes[(at + 6)..].StartsWith("\r\n"u8) ? 2 : 1);
        var length = hasEnds && start < bytes.Length ? bytes[start..].IndexOf("endstream"u8) : -1;
        if (length < 0)
        {
            (at, hasEnds) = (at + 6, false);
            return true;
        }

        at = start + length + 9;
        return !isObjects || Inflated(bytes.Slice(start, length), found, ref inflated, stop);
    }

    private static bool Inflated(ReadOnlySpan<byte> packed, SortedSet<FormatVeto> found, ref long total, CancellationToken stop)
    {
        if (total >= InflateTotalCap)
        {
            return false;
        }

        var plain = ArrayPool<byte>.Shared.Rent(InflateCap);
        var filled = 0;
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            filled = zlib.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            ArrayPool<byte>.Shared.Return(plain);
            return true;
        }

        total += filled;
        var isWhole = Walk(plain.AsSpan(0, filled), found, ref total, isOuter: false, stop) && filled < plain.Length;
        ArrayPool<byte>.Shared.Return(plain);
        return isWhole;
    }

    /// <summary>A name with its escapes (#4A) resolved; <paramref name="at"/> moves behind it.</summary>
    private static string Name(ReadOnlySpan<byte> bytes, ref int at)
    {
        Span<char> name = stackalloc char[NameCap];
        var length = 0;
        for (at++; at < bytes.Length && length < NameCap && IsRegular(bytes[at]); at++)
        {
            var isEscaped = bytes[at] == '#' && at + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[at + 1]) && char.IsAsciiHexDigit((char)bytes[at + 2]);
            name[length++] = isEscaped ? (char)Convert.ToByte(Encoding.ASCII.GetString(bytes.Slice(at + 1, 2)), 16) : (char)bytes[at];
            at += isEscaped ? 2 : 0;
        }

        return new string(name[..length]);
    }

    private static bool IsRegular(byte one) => one > ' ' && "()<>[]{}/%"u8.IndexOf(one) < 0;

    [GeneratedRegex("""pdfaid:part\s*(?:=\s*["']|>)\s*(?<is>[1-9])""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();

    [GeneratedRegex("""pdfaid:conformance\s*(?:=\s*["']|>)\s*(?<is>[A-Za-z])""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Conformance();
}
