namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Whether a file is whole, as far as its structure tells without rendering it.</summary>
/// <param name="How">What was looked at, for people; null where nothing is known of the format, which says nothing of the file.</param>
/// <param name="Troubles">For people; empty where it was looked at and nothing found.</param>
public sealed record Readability(string? How, IReadOnlyList<string> Troubles)
{
    private const int TroubleCap = 20;
    private const long ReadCap = 2L << 30;
    private const int PdfTail = 2048;

    /// <exception cref="ContainerException">The content cannot be had.</exception>
    public static Readability Of(IContainer container, ContainerEntry entry, RecognisedFormat format, CancellationToken stop)
    {
        using var source = ContentSample.Of(container, entry, out var isWhole, stop);
        return Of(source, isWhole, format, stop);
    }

    public static Readability Of(ReadOnlyMemory<byte> bytes, RecognisedFormat format, CancellationToken stop)
    {
        using var source = ByteSource.Of(bytes);
        return Of(source, isWhole: true, format, stop);
    }

    internal static Readability Of(ByteSource source, bool isWhole, RecognisedFormat format, CancellationToken stop)
    {
        var troubles = new List<string>();
        var how = format.Name.Key switch
        {
            "empty" => Say("长度", troubles, "文件为空（0 字节）"),
            "pdf" => Pdf(source, isWhole, troubles),
            "txt" => isWhole ? Words(source, format.Charset, troubles) : null,
            "xml" or "svg" => isWhole ? Xml(source, troubles, stop) : null,
            "tiff" => isWhole ? TiffReadability.Check(source, troubles, stop) : null,
            "png" or "jpeg" or "gif" or "bmp" => isWhole ? ImageReadability.Check(format.Name.Key, source, troubles, stop) : null,
            "wav" or "avi" or "webp" => ImageReadability.Riff(source, troubles),
            "mp4" or "m4a" or "mov" or "3gp" or "heif" or "jp2" => isWhole ? ImageReadability.Boxes(source, troubles, stop) : null,
            "zip" or "jar" or "ofd" or "docx" or "docm" or "xlsx" or "xlsm" or "xlsb" or "pptx" or "pptm" or "odt" or "ods" or "odp" or "odf" or "epub" or "ooxml" => isWhole ? Zip(source, troubles, stop) : null,
            _ => null,
        };
        return new Readability(how, [.. troubles.Take(TroubleCap)]);
    }

    private static string Say(string how, List<string> troubles, string trouble)
    {
        troubles.Add(trouble);
        return how;
    }

    private static string Pdf(ByteSource source, bool isWhole, List<string> troubles)
    {
        var tail = new byte[Math.Min(source.Length, PdfTail)];
        tail = tail[..source.ReadFully(source.Length - tail.Length, tail)];
        if (tail.AsSpan().LastIndexOf("%%EOF"u8) < 0)
        {
            troubles.Add("末尾没有 %%EOF，文件可能被截断");
        }

        var at = tail.AsSpan().LastIndexOf("startxref"u8);
        var number = at < 0 ? "" : new string([.. tail.Skip(at + 9).Select(b => (char)b).SkipWhile(char.IsWhiteSpace).TakeWhile(char.IsAsciiDigit).Take(19)]);
        if (!long.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var offset) || offset >= source.Length)
        {
            troubles.Add(at < 0 ? "末尾没有 startxref" : "startxref 所指的位置在文件之外");
            return "PDF 首尾结构";
        }

        if (isWhole && !IsTable(source, offset) && !IsTable(source, offset + PdfScan.HeaderAt(source)))
        {
            troubles.Add("startxref 所指的位置没有交叉引用表");
        }

        return "PDF 首尾结构";
    }

    private static bool IsTable(ByteSource source, long at)
    {
        Span<byte> there = stackalloc byte[32];
        var text = there[..source.ReadFully(at, there)].TrimStart(" \t\r\n\0"u8);
        return text.StartsWith("xref"u8) || (text.Length > 0 && char.IsAsciiDigit((char)text[0]));
    }

    /// <summary>The format was named by its beginning; here the text is decoded to its end.</summary>
    private static string? Words(ByteSource source, string? charset, List<string> troubles)
    {
        if (source.Length > MarkupLimits.Default.Bytes || charset is null)
        {
            return null;
        }

        var bytes = new byte[source.Length];
        bytes = bytes[..source.ReadFully(0, bytes)];
        var end = charset switch
        {
            "UTF-8" => StrictText.FirstNotUtf8(bytes),
            "UTF-16LE" or "UTF-16BE" => StrictText.FirstNotUtf16(bytes, charset == "UTF-16BE"),
            "GB18030" => StrictText.FirstNotGb18030(bytes),
            _ => Math.Max(StrictText.FirstNotUtf8(bytes), StrictText.FirstNotGb18030(bytes)),
        };
        if (end < bytes.Length)
        {
            troubles.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"第 {end + 1} 字节起不是 {charset} 文本"));
        }
        else if (!charset.StartsWith("UTF-16", StringComparison.Ordinal) && bytes.AsSpan().IndexOf((byte)0) is >= 0 and var at)
        {
            troubles.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"第 {at + 1} 字节是 NUL，不是文本"));
        }

        return "字符编码";
    }

    private static string? Xml(ByteSource source, List<string> troubles, CancellationToken stop)
    {
        if (source.Length > MarkupLimits.Default.Bytes)
        {
            return null;
        }

        var bytes = new byte[source.Length];
        bytes = bytes[..source.ReadFully(0, bytes)];
        try
        {
            _ = SafeXml.Read(bytes, stop);
        }
        catch (MarkupException trouble)
        {
            troubles.Add(trouble.Message);
        }

        return "XML 语法";
    }

    /// <summary>Every content is read to its end, up to 2 GiB together.</summary>
    private static string? Zip(ByteSource source, List<string> troubles, CancellationToken stop)
    {
        try
        {
            using var zip = ZipContainer.Open(ByteSource.Of(source, 0, source.Length), stop);
            troubles.AddRange(zip.Faults.Select(f => f.Path is null ? f.Detail : $"{f.Path}：{f.Detail}").Take(TroubleCap));
            if (zip.Entries.Sum(e => (decimal)e.Bytes) > ReadCap)
            {
                return troubles.Count > 0 ? "ZIP 目录" : null;
            }

            var buffer = new byte[1 << 16];
            foreach (var entry in zip.Entries.Where(e => !e.IsFolder && troubles.Count < TroubleCap))
            {
                ReadToEnd(zip, entry, buffer, troubles, stop);
            }
        }
        catch (ContainerException trouble)
        {
            troubles.Add(trouble.Message);
        }

        return "ZIP 目录、各条目长度与 CRC-32";
    }

    private static void ReadToEnd(ZipContainer zip, ContainerEntry entry, byte[] buffer, List<string> troubles, CancellationToken stop)
    {
        try
        {
            using var content = zip.Open(entry);
            while (content.Read(buffer) > 0)
            {
                stop.ThrowIfCancellationRequested();
            }
        }
        catch (ContainerException trouble)
        {
            troubles.Add($"{entry.Path}：{trouble.Message}");
        }
    }
}
