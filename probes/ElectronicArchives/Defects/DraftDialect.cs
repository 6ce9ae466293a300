using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Says in the words of another profile what drafts say in those of P-ZWFW: names of files, folders, elements and codes. What the profile has no word for is left out.</summary>
internal sealed class DraftDialect(PackageProfile profile)
{
    private const string Metadata = "基本信息元数据.xml";
    private const string ProcessFile = "管理过程元数据.xml";
    private static readonly string[] Folders = ["申报文件", "过程文件", "结果文件"];
    private static readonly string[] Kinds = ["A", "B", "C"];

    /// <summary>Null where process stands in the metadata itself.</summary>
    private readonly string? _process = profile.Documents.FirstOrDefault(d => d.Path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))?.Path;

    /// <summary>As packages of the profile have them.</summary>
    public List<(string Path, byte[] Bytes)> Paths(List<(string Path, byte[] Bytes)> parts) =>
        [.. parts.Where(p => p.Path != ProcessFile || _process is not null).Select(p => (Path(p.Path), p.Bytes))];

    /// <param name="root">base_info; changed.</param>
    /// <param name="process">Steps as P-ZWFW has them beside it.</param>
    public void Speak(XElement root, XElement process)
    {
        Steps(process);
        if (_process is null && profile.Process is not null)
        {
            root.Add(process);
        }

        var listing = profile.Files;
        foreach (var file in root.Descendants("file").ToList())
        {
            Rename(file, "computer_file_name", listing?.Name, Named(file));
            Rename(file, "computer_file_size", listing?.Size);
            Rename(file, "format_information", listing?.Format);
            Rename(file, "computer_file_creation_time", listing?.Created);
            Rename(file, "file_code", listing?.Kind, Kind(file.Element("file_code")?.Value ?? ""));
            Rename(file, "auxiliary", listing?.Attachment);
            Rename(file, "digital_summary", listing?.Digest);
            Rename(file, "digital_summarization_algorithm", listing?.Algorithm);
            file.Name = listing?.Element ?? "file";
        }

        var (folderName, attribute) = listing?.Folder?.Split('@') is [var name, var title] ? (name, title) : (null, null);
        foreach (var folder in root.Descendants("folder").ToList())
        {
            var shown = Folder(folder.Attribute("title")!.Value);
            folder.RemoveAttributes();
            folder.Name = folderName ?? "folder";
            folder.SetAttributeValue(attribute ?? "name", shown);
        }

        Rename(root, "electronic_record_code", profile.NamedAfter ?? "electronic_record_code");
        Rename(root, "total_number", profile.FileCount ?? "total_number");
        Rename(root, "information_system_dcscription", profile.Software is [var software, ..] ? software : "information_system_dcscription");
        root.Name = profile.Root ?? root.Name;
    }

    /// <param name="list">transfer_info; null where the profile has none.</param>
    public XElement? Speak(XElement list)
    {
        if (profile.TransferList is not { } words)
        {
            return null;
        }

        foreach (var entry in list.Descendants("directory").ToList())
        {
            Rename(entry, "unique_identifier", words.Id);
            Rename(entry, "size", words.Size);
            Rename(entry, "digital_summary", words.Digest);
            Rename(entry, "digital_summarization_algorithm", words.Algorithm);
            entry.Name = words.Element;
        }

        list.Name = words.Root;
        return list;
    }

    private string Named(XElement file) =>
        profile.Files?.Folder is null && file.Parent?.Attribute("title") is { } folder && file.Element("computer_file_name")!.Value is var name && !name.Contains('/', StringComparison.Ordinal)
            ? $"{Folder(folder.Value)}/{name}"
            : file.Element("computer_file_name")!.Value;

    private void Steps(XElement process)
    {
        var words = profile.Process;
        foreach (var step in process.Elements("process").ToList())
        {
            var code = step.Element("process_code")?.Value ?? "";
            Rename(step, "process_code", words?.Code, int.TryParse(code, out var number) && words is not null && number >= 1 && number <= words.Required.Count ? words.Required[number - 1].Code : code);
            Rename(step, "process_time", words?.Time);
            Rename(step, "process_actor", words?.Actor);
            step.Name = words?.Element ?? step.Name;
            if (words is not null && number > words.Required.Count)
            {
                step.Remove();
            }
        }
    }

    private string Path(string path) =>
        path == Metadata ? profile.Metadata ?? path
        : path == ProcessFile ? _process ?? path
        : path.IndexOf('/', StringComparison.Ordinal) is > 0 and var at ? $"{Folder(path[..at])}{path[at..]}"
        : path;

    /// <summary>The first for applications, the last for results, another one between them for the rest.</summary>
    private string Folder(string own) => Array.IndexOf(Folders, own) switch
    {
        < 0 => own,
        _ when profile.Folders.Count == 0 => own,
        0 => profile.Folders[0].Name,
        1 => profile.Folders[Math.Min(1, profile.Folders.Count - 1)].Name,
        _ => profile.Folders[^1].Name,
    };

    private string Kind(string own) => Array.FindIndex(Kinds, k => own.StartsWith(k, StringComparison.Ordinal)) switch
    {
        < 0 => own,
        _ when profile.Kinds.Count == 0 => own,
        0 => profile.Kinds[0].Code + own[1..],
        1 => profile.Kinds[Math.Min(1, profile.Kinds.Count - 1)].Code + own[1..],
        _ => profile.Kinds[^1].Code + own[1..],
    };

    private static void Rename(XElement parent, string from, string? to, string? value = null)
    {
        if (parent.Element(from) is not { } child)
        {
            return;
        }

        if (to is null)
        {
            child.Remove();
            return;
        }

        child.Name = to;
        child.Value = value ?? child.Value;
    }
}
