using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Writes 归档信息包 and 移交目录 of one case.</summary>
internal static class ArchiveWriting
{
    /// <param name="record">Of the case.</param>
    /// <param name="orphan">A file more that the metadata does not list.</param>
    public static byte[] Package(ArchiveRecord record, bool orphan, DateTimeOffset at)
    {
        var parts = new List<(string, byte[])> { ("基本信息元数据.xml", Xml(Metadata(record, at))), ("管理过程元数据.xml", Xml(Process(record))) };
        parts.AddRange(record.Files.Select(f => ($"{f.Folder}/{f.Name}", f.Bytes)));
        if (orphan)
        {
            parts.Add(("过程文件/草稿.txt", Encoding.UTF8.GetBytes("草稿，没有登记\n")));
        }

        return Zip(parts, at);
    }

    /// <summary>移交目录 with the digest of the package.</summary>
    public static byte[] TransferList(ArchiveRecord record, byte[] package, bool md5, DateTimeOffset at)
    {
        var size = package.Length.ToString();
        (string, string)[] head =
        [
            ("system_code", "DEMO-01"), ("batch_name", at.ToString("yyyyMMdd")), ("send_time", Time(at)), ("send_number", "1"), ("send_size", size), ("transactor", "演示移交人"), ("File_Number", $"演移{record.Code}"), ("standard", "P-ZWFW"),
        ];
        (string, string)[] entry =
        [
            .. ((string[])["fonds_identifier", "fonds_constituting_unit_name", "region_code", "social_code"]).Select(n => (n, record.Value(n))),
            ("category_code", "ZW"), ("year", record.Value("transact_time")[..4]), ("unique_identifier", record.Code), ("task_code", record.Value("task_code")), ("task_version", record.Value("task_version")),
            ("project_name", record.Value("project_name")), ("archive_time", record.Value("archive_time")), ("size", size), ("digital_summary", Digest(package, md5)), ("digital_summarization_algorithm", md5 ? "MD5" : "SM3"),
            ("archival_code", record.ArchivalCode), ("title", $"关于{record.Value("project_name")}的办理材料"),
        ];
        return Xml(new XElement("transfer_info", head.Select(h => new XElement(h.Item1, h.Item2)), new XElement("directories", new XElement("directory", entry.Select(e => new XElement(e.Item1, e.Item2))))));
    }

    /// <summary>Hexadecimal.</summary>
    public static string Digest(byte[] package, bool md5) => Convert.ToHexStringLower(DigestBytes(package, md5));

#pragma warning disable CA5351, S4790 // what the careless system does
    public static byte[] DigestBytes(byte[] package, bool md5) => md5 ? MD5.HashData(package) : Sm3.HashData(package);
#pragma warning restore CA5351, S4790

    /// <summary>Time of the office's clock.</summary>
    public static string Time(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss");

    public static byte[] Xml(XElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" }))
        {
            root.Save(writer);
        }

        return stream.ToArray();
    }

    private static XElement Metadata(ArchiveRecord record, DateTimeOffset at) => new(
        "base_info",
        new XAttribute("title", "基本信息元数据"),
        record.Fields.Select(f => new XElement(f.Name, f.Value)),
        new XElement("fileset", record.Files.GroupBy(f => f.Folder, StringComparer.Ordinal).Select((g, i) => new XElement("folder", new XAttribute("id", i + 1), new XAttribute("title", g.Key), g.Select((f, n) => Listed(f, n + 1, at))))));

    private static XElement Listed(ArchiveFile file, int number, DateTimeOffset at) => new(
        "file",
        new XAttribute("id", number),
        new XElement("file_code", file.Kind),
        new XElement("file_standard_name", Path.GetFileNameWithoutExtension(file.Name)),
        new XElement("file_actual_name", Path.GetFileNameWithoutExtension(file.Name)),
        new XElement("format_information", file.Format),
        new XElement("computer_file_name", file.Name),
        new XElement("computer_file_size", file.Bytes.Length),
        new XElement("computer_file_creation_time", Time(at)),
        new XElement("auxiliary", file.IsAttachment ? "1" : "0"),
        new XElement("digital_summary", Digest(file.Bytes, md5: false)),
        new XElement("digital_summarization_algorithm", "SM3"));

    private static XElement Process(ArchiveRecord record) => new("process_info", record.Steps.Select(s => new XElement("process", new XElement("process_code", s.Code), new XElement("process_time", s.Time), new XElement("process_actor", s.Actor))));

    public static byte[] Zip(IEnumerable<(string Path, byte[] Bytes)> parts, DateTimeOffset at)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (path, bytes) in parts)
            {
                var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
                entry.LastWriteTime = at.ToOffset(TimeSpan.FromHours(8));
                using var content = entry.Open();
                content.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
