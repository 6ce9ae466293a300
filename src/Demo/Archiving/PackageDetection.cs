using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>四性检测 of one package as the well-run system does it: every row has been compared, or says that it was not.</summary>
internal sealed partial class PackageDetection
{
    private const string MetadataName = "基本信息元数据.xml";
    private const string ProcessName = "管理过程元数据.xml";

    private static readonly string[] Folders = ["申报文件", "过程文件", "结果文件"];
    private static readonly string[] Surplus = ["thumbs.db", ".ds_store", "desktop.ini"];

    private readonly DetectionTable _table = new();
    private readonly DateTimeOffset _now;

    private PackageDetection(DateTimeOffset now) => _now = now;

    /// <param name="package">ZIP.</param>
    /// <param name="digest">As the sender gave it: hexadecimal or Base64 of SM3; null where none was given.</param>
    /// <param name="list">移交目录; null where none came.</param>
    /// <param name="known">办件编号 that other packages have.</param>
    /// <param name="now">For times in the future.</param>
    public static IReadOnlyList<DetectionRow> Run(byte[] package, string? digest, byte[]? list, IReadOnlySet<string> known, DateTimeOffset now)
    {
        var run = new PackageDetection(now);
        run.Digest(package, digest);
        IReadOnlyList<(string Path, byte[] Bytes)> files;
        try
        {
            files = PackageOpening.Open(package);
        }
        catch (InvalidDataException broken)
        {
            run._table.Compare("3-8", isRight: false, broken.Message);
            return run._table.Rows;
        }

        run._table.Compare("3-8", isRight: true, "");
        run.Tree(files);
        if (run.Parse(files, MetadataName, "base_info") is { } root)
        {
            run.Values(root, known);
            run.Contents(root, files);
            run.List(list, root, package);
        }

        if (files.Any(f => f.Path == ProcessName) && run.Parse(files, ProcessName, "process_info") is { } process)
        {
            run.Steps(process);
        }

        return run._table.Rows;
    }

    private void Digest(byte[] package, string? digest)
    {
        if (digest is null)
        {
            return;
        }

        var own = ArchiveWriting.DigestBytes(package, md5: false);
        var isRight = string.Equals(digest, Convert.ToHexStringLower(own), StringComparison.OrdinalIgnoreCase) || string.Equals(digest, Convert.ToBase64String(own), StringComparison.Ordinal);
        _table.Compare("1-14", isRight, $"送来的摘要与重算的 SM3 {Convert.ToHexStringLower(own)} 不同");
    }

    private void Tree(IReadOnlyList<(string Path, byte[] Bytes)> files)
    {
        foreach (var (path, bytes) in files)
        {
            var parts = path.TrimEnd('/').Split('/');
            var isPlaced = path is MetadataName or ProcessName || (Folders.Contains(parts[0], StringComparer.Ordinal) && parts.Length <= 2);
            _table.Compare("1-13", isPlaced, $"{path} 不在规定的目录里");
            _table.Compare("4-3", !Surplus.Contains(parts[^1].ToLowerInvariant(), StringComparer.Ordinal), $"{path} 是多余文件");
            _table.Compare("4-2", !ContentKind.HasTestVirus(bytes), $"{path} 含防病毒测试串");
        }

        foreach (var needed in (string[])[MetadataName, "申报文件/", "结果文件/"])
        {
            _table.Compare("1-13", files.Any(f => f.Path.StartsWith(needed, StringComparison.Ordinal)), $"缺 {needed}");
        }
    }

    private XElement? Parse(IReadOnlyList<(string Path, byte[] Bytes)> files, string name, string root)
    {
        try
        {
            var found = files.FirstOrDefault(f => f.Path == name).Bytes ?? throw new XmlException("没有这个文件");
            var parsed = Xml(found);
            _table.Compare("3-1", string.Equals(parsed.Name.LocalName, root, StringComparison.Ordinal), $"{name} 的根是 {parsed.Name.LocalName}");
            return parsed;
        }
        catch (Exception broken) when (broken is XmlException or DecoderFallbackException)
        {
            _table.Compare("3-1", isRight: false, $"{name} 读不了：{broken.Message}");
            return null;
        }
    }

    private static XElement Xml(byte[] bytes)
    {
        var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 4 * 1024 * 1024 });
        return XElement.Load(reader);
    }

    private void Values(XElement root, IReadOnlySet<string> known)
    {
        foreach (var element in BaseElements.All)
        {
            var value = root.Element(element.Name)?.Value;
            _table.Compare("2-3", value is not null || !element.Must, $"缺 {element.Title}");
            if (value is null)
            {
                continue;
            }

            _table.Compare("2-4", !element.Must || (value.Trim().Length > 0 && value is not ("null" or "无" or "/" or "测试")), $"{element.Title} 是“{value}”");
            _table.Compare("1-2", value.Length <= element.Longest, $"{element.Title} 长 {value.Length}，超过 {element.Longest}");
            _table.Compare("1-3", HasForm(element.Form, value), $"{element.Title} 的格式不对：{value}");
            _table.Compare("1-4", element.Values.Length == 0 || element.Values.Contains(value, StringComparer.Ordinal), $"{element.Title} 不在值域：{value}");
            _table.Compare("1-6", !value.Any(c => char.IsControl(c) || c == '\uFFFD') && value.Trim().Length == value.Length, $"{element.Title} 有特殊字符或首尾空白");
        }

        string Of(string name) => root.Element(name)?.Value ?? "";
        var times = ((string[])["receive_time", "transact_time", "archive_time"]).Select(n => Moment(Of(n))).ToList();
        _table.Compare("1-5", !times.Contains(null) && times[0] <= times[1] && times[1] <= times[2], $"受理 {Of("receive_time")}、办结 {Of("transact_time")}、归档 {Of("archive_time")} 的次序不对");
        _table.Compare("1-5", times[2] is null || times[2] <= _now.ToOffset(TimeSpan.FromHours(8)).DateTime.AddMinutes(5), $"归档时间 {Of("archive_time")} 在将来");
        _table.Compare("1-8", !known.Contains(Of("project_id")), $"办件编号 {Of("project_id")} 已经有包");
        _table.Compare("3-6", Of("information_system_dcscription").Trim().Length > 1, "信息系统描述是空的");
    }

    private void Contents(XElement root, IReadOnlyList<(string Path, byte[] Bytes)> files)
    {
        var listed = root.Descendants("file").Select(f => (Path: $"{f.Parent?.Attribute("title")?.Value}/{f.Element("computer_file_name")?.Value}", Entry: f)).ToList();
        var kinds = listed.Select(l => l.Entry.Element("file_code")?.Value ?? "").ToList();
        foreach (var kind in kinds)
        {
            _table.Compare("2-9", kind.Length > 0 && kind[0] is 'A' or 'B' or 'C', $"种类 {kind} 不在归档范围");
        }

        _table.Compare("2-9", kinds.Exists(k => k.StartsWith('A')) && kinds.Exists(k => k.StartsWith('C')), "缺申请材料或结果文件");
        var contents = files.Where(f => f.Path is not (MetadataName or ProcessName) && !f.Path.EndsWith('/')).ToList();
        foreach (var (path, entry) in listed)
        {
            var bytes = contents.Find(f => f.Path == path).Bytes;
            _table.Compare(entry.Element("auxiliary")?.Value == "1" ? "2-8" : "1-11", bytes is not null, $"元数据里有 {path}，包里没有");
            if (bytes is not null)
            {
                Content(path, entry, bytes);
            }
        }

        contents.ForEach(c => _table.Compare("1-11", listed.Exists(l => l.Path == c.Path), $"包里有 {c.Path}，元数据里没有"));
        _table.Compare("2-11", contents.Count == listed.Count, $"元数据列 {listed.Count} 个文件，包里 {contents.Count} 个");
        _table.Compare("2-11", root.Element("total_number")?.Value == listed.Count.ToString(), $"文件数量写 {root.Element("total_number")?.Value}，列出 {listed.Count}");
    }

    private void Content(string path, XElement entry, byte[] bytes)
    {
        string? Of(string name) => entry.Element(name)?.Value;
        _table.Compare("1-9", Of("computer_file_size") == bytes.Length.ToString(), $"{path} 记 {Of("computer_file_size")} 字节，实际 {bytes.Length}");
        if (Of("digital_summary") is { } digest)
        {
            _table.Compare("1-1", string.Equals(digest, ArchiveWriting.Digest(bytes, md5: false), StringComparison.OrdinalIgnoreCase), $"{path} 的 SM3 摘要与记录不符");
        }

        var kind = ContentKind.Of(bytes);
        var extension = Path.GetExtension(path).TrimStart('.').ToUpperInvariant();
        _table.Compare("1-10", kind == ContentKind.Named(extension) && kind == ContentKind.Named(Of("format_information") ?? ""), $"{path} 记为 {Of("format_information")}，内容是 {kind}");
        _table.Compare("3-3", ContentKind.Allowed.Contains(kind), $"{path} 的内容是 {kind}，不在允许的格式里");
        _table.Compare("3-4", ContentKind.IsWhole(kind, bytes), $"{path} 是空的或不完整");
        _table.Compare("3-8", kind != "ZIP", $"{path} 是嵌套的压缩包");
    }

    private void Steps(XElement process)
    {
        var steps = process.Elements("process").Select(p => (Code: p.Element("process_code")?.Value, Time: Moment(p.Element("process_time")?.Value ?? ""), Actor: p.Element("process_actor")?.Value)).ToList();
        foreach (var needed in (string[])["1", "2", "3", "4"])
        {
            _table.Compare("2-5", steps.Exists(s => s.Code == needed && s.Time is not null && !string.IsNullOrWhiteSpace(s.Actor)), $"缺环节 {needed}，或它没有时间、经办人");
        }

        _table.Compare("2-5", steps.Zip(steps.Skip(1)).All(p => p.First.Time <= p.Second.Time), "环节的时间倒置");
    }

    private void List(byte[]? list, XElement root, byte[] package)
    {
        if (list is null)
        {
            return;
        }

        try
        {
            TransferListDetection.Run(_table, Xml(list), root, package);
        }
        catch (Exception broken) when (broken is XmlException or DecoderFallbackException)
        {
            _table.Compare("1-12", isRight: false, $"移交目录读不了：{broken.Message}");
        }
    }

    private static bool HasForm(string form, string value) => form switch
    {
        "moment" => Moment(value) is not null,
        "region" => Region().IsMatch(value),
        "credit" => CreditCode.IsRight(value),
        "integer" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        _ => true,
    };

    private static DateTime? Moment(string value) => DateTime.TryParseExact(value, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    [GeneratedRegex("^[1-9][0-9]{5}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Region();
}
