using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Writes a draft as its profile says.</summary>
internal static class DraftWriter
{
    static DraftWriter() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The packages and their transfer list; the folder must be there and empty.</summary>
    public static void Write(DraftBatch batch, string folder)
    {
        var written = new List<(DraftPackage Package, long Bytes, string Sm3)>();
        foreach (var package in batch.Packages)
        {
            var parts = Parts(package, batch.Dialect);
            if (batch.IsZipped)
            {
                var bytes = SampleContents.Zip(parts, batch.HasGbkNames ? Encoding.GetEncoding("GB18030") : Encoding.UTF8);
                bytes = package.Package?.Invoke(bytes) ?? bytes;
                File.WriteAllBytes(Path.Combine(folder, package.Name + ".zip"), bytes);
                written.Add((package, bytes.Length, Convert.ToHexStringLower(package.HasMd5 ? CryptographicOperations.HashData(HashAlgorithmName.MD5, bytes) : Sm3.HashData(bytes))));
            }
            else
            {
                WriteFolder(Path.Combine(folder, package.Name), parts);
                written.Add((package, parts.Sum(p => (long)p.Bytes.Length), ""));
            }
        }

        var list = TransferList(batch, written);
        if (batch.HasTransferList && (batch.Dialect is { } dialect ? dialect.Speak(list) : list) is { } told)
        {
            File.WriteAllBytes(Path.Combine(folder, "移交目录.xml"), Xml(told));
        }

        batch.Beside.ForEach(b => File.WriteAllBytes(Path.Combine(folder, b.Name), b.Bytes));
    }

    public static byte[] Xml(XElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = System.Xml.XmlWriter.Create(stream, new System.Xml.XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n", CheckCharacters = false }))
        {
            root.Save(writer);
        }

        return stream.ToArray();
    }

    private static List<(string Path, byte[] Bytes)> Parts(DraftPackage package, DraftDialect? dialect)
    {
        var (root, process) = (Metadata(package), Process(package));
        dialect?.Speak(root, process);
        var metadata = Xml(root);
        List<(string, byte[])> parts =
        [
            (package.MetadataName, package.Metadata?.Invoke(metadata) ?? metadata),
            ("管理过程元数据.xml", Xml(process)),
            .. package.Files.Where(f => f.IsWritten).Select(f => ($"{f.Folder}/{f.Name}", f.Bytes)),
            .. package.Others,
        ];
        return dialect?.Paths(parts) ?? parts;
    }

    private static XElement Process(DraftPackage package) =>
        new("process_info", package.Steps.Select(s => new XElement("process", new XElement("process_code", s.Code), new XElement("process_time", s.Time), new XElement("process_actor", s.Actor))));

    private static XElement Metadata(DraftPackage package) => new(
        "base_info",
        new XAttribute("title", "基本信息元数据"),
        package.Fields.Select(f => new XElement(f.Name, f.Value)),
        new XElement("fileset", package.Files.Where(f => f.IsListed).GroupBy(f => f.Folder, StringComparer.Ordinal).Select((g, i) => new XElement("folder", new XAttribute("id", i + 1), new XAttribute("title", g.Key), g.Select(Listed)))));

    private static XElement Listed(DraftFile file, int index) => new(
        "file",
        new XAttribute("id", index + 1),
        new XElement("file_code", file.Code),
        new XElement("file_standard_name", Path.GetFileNameWithoutExtension(file.Name)),
        new XElement("file_actual_name", Path.GetFileNameWithoutExtension(file.Name)),
        new XElement("format_information", file.Format),
        new XElement("computer_file_name", file.ListedName ?? file.Name),
        new XElement("computer_file_size", file.ListedSize ?? file.Bytes.Length.ToString(CultureInfo.InvariantCulture)),
        new XElement("computer_file_creation_time", "2026-02-01 09:00:00"),
        new XElement("auxiliary", file.IsAttachment ? "1" : "0"),
        new XElement("digital_summary", file.Digest ?? Convert.ToHexStringLower(Sm3.HashData(file.Bytes))),
        new XElement("digital_summarization_algorithm", "SM3"));

    private static XElement TransferList(DraftBatch batch, List<(DraftPackage Package, long Bytes, string Sm3)> written)
    {
        string Head(string name, string? value) => value ?? (name == "send_number" ? written.Count : written.Sum(w => w.Bytes)).ToString(CultureInfo.InvariantCulture);
        static string Of(string name, string? value, long bytes, string sm3) => value ?? (name == "size" ? bytes.ToString(CultureInfo.InvariantCulture) : sm3);
        return new XElement(
            "transfer_info",
            batch.Head.Select(h => new XElement(h.Name, Head(h.Name, h.Value))),
            new XElement("directories", written.Select(w => new XElement("directory", w.Package.Entry.Where(e => e.Value is not null || w.Sm3.Length > 0 || e.Name == "size").Select(e => new XElement(e.Name, Of(e.Name, e.Value, w.Bytes, w.Sm3)))))));
    }

    internal static void WriteFolder(string folder, IEnumerable<(string Path, byte[] Bytes)> parts)
    {
        foreach (var (path, bytes) in parts)
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, bytes);
        }
    }
}
