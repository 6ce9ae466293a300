using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads how packages of one kind are built: one of the rules, or one that a candidate brings.</summary>
public sealed class PackageProfileReader(FaultList faults)
{
    private static readonly (string, PackageForm)[] Forms = [("files", PackageForm.Files), ("eep", PackageForm.Eep), ("bagit", PackageForm.BagIt)];

    private static readonly (string, EepForm)[] SignedForms =
    [
        ("stored", EepForm.Stored), ("c14n", EepForm.Canonical), ("exc-c14n", EepForm.Exclusive), ("text", EepForm.Text), ("leaves", EepForm.Leaves), ("leaves-and-attributes", EepForm.LeavesAndAttributes),
    ];

    /// <returns>Null where the file has faults.</returns>
    public PackageProfile? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "package-profile", shownAs, bytes);
        var form = head.Choice("form", Forms, required: true);
        var metadata = head.Text("metadata", required: form == PackageForm.Files, "metadata: 基本信息元数据.xml", cap: 200);
        var register = Inside(head, "register", Register, required: true);
        var profile = file is null || form is null || register is null ? null : new PackageProfile
        {
            File = file,
            Form = form.Value,
            Metadata = metadata,
            Register = register,
            Scheme = head.Text("scheme", cap: 64),
            Root = head.Text("root", cap: 100),
            Record = head.Text("record", cap: 100),
            Files = Inside(head, "files", Files),
            Folders = head.Each("folders", r => r.Text("name", required: true, cap: 100) is { } name ? new PackageFolder(name, r.Flag("required") ?? false) : null),
            Deepest = head.Integer("deepest", 0, 100),
            Documents = head.Each("documents", r => r.Text("path", required: true, cap: 200) is { } path ? new PackageDocument(path, r.Flag("required") ?? false, r.Texts("fields")) : null),
            NamedAfter = head.Text("namedAfter", cap: 100),
            Process = Inside(head, "process", Process),
            Kinds = head.Each("kinds", Kind),
            Formats = head.Texts("formats"),
            LongTerm = head.Texts("longTerm"),
            FileCount = head.Text("fileCount", cap: 100),
            PageCount = head.Text("pageCount", cap: 100),
            Software = head.Texts("software"),
            KnownSoftware = head.Texts("knownSoftware"),
            SignedForm = head.Choice("signedForm", SignedForms),
            TransferList = Inside(head, "transferList", TransferList),
        };
        if (profile is not null)
        {
            head.Finish();
        }

        return faults.Faults.Count > before ? null : profile;
    }

    private T? Inside<T>(MappingReader reader, string key, Func<MappingReader, T?> read, bool required = false)
        where T : class
    {
        if (reader.Take(key, required, "映射") is not { } value)
        {
            return null;
        }

        if (value is not YamlMapping map)
        {
            faults.Add(value.At, $"{key} 不是“键: 值”", "映射");
            return null;
        }

        var inside = new MappingReader(map, faults);
        var found = read(inside);
        inside.Finish();
        return found;
    }

    private static RegisterNames Register(MappingReader reader) =>
        new(reader.Texts("count", required: true, "count: [总件数]"), reader.Texts("bytes", required: true, "bytes: [总字节数]"), reader.Texts("id"), reader.Texts("size"));

    private static FileListing? Files(MappingReader reader)
    {
        var (element, name, size) = (reader.Text("element", required: true, cap: 100), reader.Text("name", required: true, cap: 100), reader.Text("size", required: true, cap: 100));
        var listing = new FileListing(element ?? "?", name ?? "?", size ?? "?")
        {
            Format = reader.Text("format", cap: 100),
            Created = reader.Text("created", cap: 100),
            Kind = reader.Text("kind", cap: 100),
            Attachment = reader.Text("attachment", cap: 100),
            Folder = reader.Text("folder", cap: 100),
            Digest = reader.Text("digest", cap: 100),
            Algorithm = reader.Text("algorithm", cap: 100),
        };
        return element is null || name is null || size is null ? null : listing;
    }

    private static ProcessListing? Process(MappingReader reader)
    {
        var (element, code, time, actor) = (reader.Text("element", required: true, cap: 100), reader.Text("code", required: true, cap: 100), reader.Text("time", required: true, cap: 100), reader.Text("actor", required: true, cap: 100));
        var required = reader.Each("required", r => r.Text("code", required: true, cap: 40) is { } step && r.Text("title", required: true, cap: 40) is { } title ? new ProcessStep(step, title) : null, required: true);
        return element is null || code is null || time is null || actor is null ? null : new ProcessListing(element, code, time, actor, required);
    }

    private static FileKind? Kind(MappingReader reader)
    {
        var (code, title, required) = (reader.Text("code", required: true, cap: 40), reader.Text("title", required: true, cap: 100), reader.Flag("required") ?? false);
        return code is null || title is null ? null : new FileKind(code, title, required);
    }

    private static TransferListing? TransferList(MappingReader reader)
    {
        var (root, element, id) = (reader.Text("root", required: true, cap: 100), reader.Text("element", required: true, cap: 100), reader.Text("id", required: true, cap: 100));
        var listing = new TransferListing(root ?? "?", element ?? "?", id ?? "?")
        {
            Size = reader.Text("size", cap: 100),
            Digest = reader.Text("digest", cap: 100),
            Algorithm = reader.Text("algorithm", cap: 100),
            HeadFields = reader.Texts("headFields"),
            Fields = reader.Texts("fields"),
        };
        return root is null || element is null || id is null ? null : listing;
    }
}
