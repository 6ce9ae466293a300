using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Follows OFD.xml to everything it names (GB/T 33190-2016 clause 7) and says what is missing.</summary>
internal sealed class OfdReading(OfdParts parts)
{
    private const int MostParts = 20_000;
    private const int MostSignatures = 200;
    private const string TooManyParts = "文档指出的页面、资源等超过 20000 个，其余没有看";
    private const int MostBodies = 200;
    private const int MostProblems = 200;

    private static readonly string[] SignatureFiles = ["SignedValue.dat", "SignValue.dat", "Signature.xml"];

    /// <summary>Null where there is no OFD.xml, or it is no XML.</summary>
    public OfdPart? Root { get; private set; }

    public List<OfdDocument> Documents { get; } = [];

    /// <summary>What is named and not there, and what cannot be read; for people, and not more than they look at.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What was not looked at, as there is more than is looked at; for people, and no fault of the file.</summary>
    public List<string> Limits { get; } = [];

    /// <summary>Files of signatures that no list names; for people.</summary>
    public List<string> Leftovers { get; } = [];

    /// <summary>A list of signatures is named, and was not read to its end.</summary>
    public bool HasUnreadLists { get; private set; } = true;

    /// <summary>There may be signatures that are not among the documents': then nothing holds for all of them, nor are there none.</summary>
    public bool HasUnreadSignatures => HasUnreadLists || Leftovers.Count > 0;

    /// <summary>Everything that is named was found, and none was beyond a bound.</summary>
    public bool IsWhole => Problems.Count == 0 && Limits.Count == 0;

    public void Run()
    {
        if (parts.Find("/OFD.xml", "") is not { } entry)
        {
            Complain("没有 OFD.xml");
            return;
        }

        Root = new OfdPart(OfdRole.Root, entry, parts.Tree(entry), null);
        var bodies = Root.Root.Named("DocBody").ToList();
        if (bodies.Count > MostBodies)
        {
            Limits.Add($"DocBody {bodies.Count} 个，只看前 {MostBodies} 个，其余没有看");
        }

        if (bodies.Count == 0)
        {
            Complain(Root.Root is null ? "OFD.xml 读不出" : "OFD.xml 里没有 DocBody");
        }

        bodies.Take(MostBodies).ToList().ForEach(Read);
        HasUnreadLists = bodies.Count is 0 or > MostBodies || Documents.Exists(d => d.HasUnreadSignatures);
        NameLeftovers();
    }

    /// <summary>Who takes a signature out of the list may leave its files behind. One beside OFD.xml belongs to the integrity of the package (OFDEntries.xml), and to no list.</summary>
    private void NameLeftovers()
    {
        var listed = Documents.SelectMany(d => d.Of(OfdRole.Signature)).Select(p => p.Entry.Index).ToHashSet();
        var left = parts.Files.Where(f => !listed.Contains(f.Index) && f.Path.Contains('/', StringComparison.Ordinal) && SignatureFiles.Contains(f.Path[(f.Path.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase)).Take(10);
        Leftovers.AddRange(left.Select(f => $"签名的文件 {f.Path} 没有列在签名列表中：签名可能被摘除"));
    }

    private void Read(XElement body)
    {
        var document = new OfdDocument { Body = body };
        Documents.Add(document);
        var root = Root!.Path;
        document.Main = Part(document, OfdRole.Document, body.Text("DocRoot"), root, null);
        if (body.Text("DocRoot") is null)
        {
            Complain("DocBody 没有 DocRoot");
        }

        if (document.Main is { Root: { } main } found)
        {
            ReadMain(document, main, found.Path);
        }

        ReadVersions(document, root);
        if (body.Text("Signatures") is { } list)
        {
            document.SignatureList = Part(document, OfdRole.Signature, list, root, null);
            ReadSignatures(document);
            document.HasUnreadSignatures |= document.Signatures.Count == 0 || body.Named("Signatures").Skip(1).Any();
        }
    }

    /// <summary>A version names a document root of its own (GB/T 33190-2016 clause 19): readers may show that one.</summary>
    private void ReadVersions(OfdDocument document, string root)
    {
        var named = document.Body.Named("Versions").SelectMany(v => v.Named("Version")).ToList();
        if (named.Count > MostBodies)
        {
            Limits.Add($"版本 {named.Count} 个，只看前 {MostBodies} 个，其余没有看");
        }

        HashSet<int> read = document.Main is { } own ? [own.Entry.Index] : [];
        foreach (var version in named.Take(MostBodies))
        {
            if (Part(document, OfdRole.Document, version.Attr("BaseLoc"), root, "version") is { } file && file.Root.Text("DocRoot") is { } other
                && Part(document, OfdRole.Document, other, file.Path, "version") is { } main && read.Add(main.Entry.Index))
            {
                document.HasOtherVersions = true;
                if (main.Root is { } tree)
                {
                    ReadMain(document, tree, main.Path);
                }
            }
        }
    }

    private void ReadMain(OfdDocument document, XElement main, string from)
    {
        var common = main.One("CommonData");
        foreach (var (role, element) in common.Named("PublicRes").Select(e => (OfdRole.Resource, e)).Concat(common.Named("DocumentRes").Select(e => (OfdRole.Resource, e))))
        {
            ReadResource(document, Part(document, role, element.Value, from, element.Name.LocalName));
        }

        foreach (var template in common.Named("TemplatePage"))
        {
            ReadPage(document, Part(document, OfdRole.Template, template.Attr("BaseLoc"), from, template.Attr("ID")));
        }

        foreach (var page in main.One("Pages").Named("Page"))
        {
            ReadPage(document, Part(document, OfdRole.Page, page.Attr("BaseLoc"), from, page.Attr("ID")));
        }

        if (Part(document, OfdRole.Annotation, main.Text("Annotations"), from, "list") is { } annotations)
        {
            foreach (var page in annotations.Root.Named("Page"))
            {
                Part(document, OfdRole.Annotation, page.Text("FileLoc"), annotations.Path, page.Attr("PageID"));
            }
        }

        if (Part(document, OfdRole.Attachment, main.Text("Attachments"), from, "list") is { } attachments)
        {
            foreach (var file in attachments.Root.Named("Attachment"))
            {
                Part(document, OfdRole.Attachment, file.Text("FileLoc"), attachments.Path, file.Attr("ID"), isMarkup: false);
            }
        }
    }

    private void ReadPage(OfdDocument document, OfdPart? page)
    {
        if (page is null)
        {
            return;
        }

        foreach (var resource in page.Root.Named("PageRes"))
        {
            ReadResource(document, Part(document, OfdRole.Resource, resource.Value, page.Path, "PageRes"));
        }
    }

    private void ReadResource(OfdDocument document, OfdPart? resource)
    {
        if (resource?.Root is not { } root)
        {
            return;
        }

        var folder = root.Attr("BaseLoc") is { Length: > 0 } inside ? inside.TrimEnd('/') + "/" : "";
        foreach (var location in root.Descendants().Where(e => e.Name.LocalName is "MediaFile" or "FontFile" || (e.Name.LocalName == "ColorSpace" && e.Attr("Profile") is not null)))
        {
            var written = location.Name.LocalName == "ColorSpace" ? location.Attr("Profile")! : location.Value.Trim();
            if (written.Length > 0)
            {
                Part(document, OfdRole.Media, parts.Find(folder + written, resource.Path) is null ? written : folder + written, resource.Path, location.Parent.Attr("ID"), isMarkup: false);
            }
        }
    }

    private void ReadSignatures(OfdDocument document)
    {
        if (document.SignatureList is not { } list)
        {
            return;
        }

        var named = list.Root.Named("Signature").ToList();
        if (named.Count > MostSignatures)
        {
            Limits.Add($"签名 {named.Count} 个，只看前 {MostSignatures} 个，其余没有看");
            document.HasUnreadSignatures = true;
        }

        document.Signatures.AddRange(named.Take(MostSignatures).Select(s => ReadSignature(document, s, list.Path)));
    }

    private OfdSignature ReadSignature(OfdDocument document, XElement named, string from)
    {
        var bare = new OfdSignature(named.Attr("ID") ?? "", named.Attr("Type") is { Length: > 0 } type ? type : "Seal", named.Attr("BaseLoc"));
        var entry = parts.Find(bare.Location, from, isOfSignature: true);
        if (entry is null)
        {
            Complain($"{from} 所指的签名描述文件 {bare.Location ?? "（空）"} 不存在");
            return bare;
        }

        document.Parts.Add(new OfdPart(OfdRole.Signature, entry, null, bare.Id));
        var bytes = parts.Bytes(entry);
        var root = bytes is null ? null : parts.Parse(bytes, entry.Path);
        var seal = root.One("SignedInfo").One("Seal").Text("BaseLoc");
        var value = root.Text("SignedValue");
        var found = SignatureFile(value, entry) ?? SignatureFile("SignedValue.dat", entry) ?? SignatureFile("SignValue.dat", entry);
        foreach (var part in new[] { found, SignatureFile(seal, entry) }.OfType<ContainerEntry>())
        {
            document.Parts.Add(new OfdPart(OfdRole.Signature, part, null, bare.Id));
        }

        return bare with { Entry = entry, Bytes = bytes, Root = root, Value = found, ValueLocation = value, SealFile = SignatureFile(seal, entry), SealLocation = seal };
    }

    private ContainerEntry? SignatureFile(string? location, ContainerEntry description) => parts.Find(location, description.Path, isOfSignature: true);

    private void Complain(string problem)
    {
        if (Problems.Count < MostProblems && !Problems.Contains(problem, StringComparer.Ordinal))
        {
            Problems.Add(problem);
        }
    }

    private OfdPart? Part(OfdDocument document, OfdRole role, string? location, string from, string? id, bool isMarkup = true)
    {
        parts.Stop.ThrowIfCancellationRequested();
        if (string.IsNullOrWhiteSpace(location))
        {
            return null;
        }

        if (document.Parts.Count >= MostParts && role != OfdRole.Signature)
        {
            if (!Limits.Contains(TooManyParts, StringComparer.Ordinal))
            {
                Limits.Add(TooManyParts);
            }

            return null;
        }

        if (parts.Find(location, from, role == OfdRole.Signature) is not { } entry)
        {
            Complain($"{from} 所指的 {Cut(location)} 不存在");
            return null;
        }

        var part = new OfdPart(role, entry, isMarkup ? parts.Tree(entry) : null, id);
        document.Parts.Add(part);
        return part;
    }

    private static string Cut(string text) => text.Length <= 120 ? text.Trim() : text[..120] + "…";
}
