using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What sort of part a signature leaves open.</summary>
public enum OfdPartKind
{
    [Description("入口文件 OFD.xml")]
    Root,

    [Description("文档根 Document.xml")]
    Document,

    [Description("页面")]
    Page,

    [Description("模板页")]
    Template,

    [Description("资源描述")]
    Resource,

    [Description("图片、字体等资源文件")]
    Media,

    [Description("注释")]
    Annotation,

    [Description("附件")]
    Attachment,

    [Description("其他文件")]
    Other,
}

/// <summary>A part that can be changed without the signature noticing.</summary>
/// <param name="File">Path in the OFD file.</param>
/// <param name="Kind">What it is.</param>
public sealed record UncoveredPart(string File, OfdPartKind Kind);

/// <summary>Which entries a signature protects, and which not.</summary>
internal static class OfdCoverage
{
    /// <returns>Protected entries, and the others without the files of signatures, which change when others sign.</returns>
    public static (List<string> Covered, List<UncoveredPart> Uncovered) Of(CheckedSignature signature, OfdParts parts, OfdReading reading)
    {
        var roles = new Dictionary<int, OfdRole>();
        if (reading.Root is { } root)
        {
            roles[root.Entry.Index] = OfdRole.Root;
        }

        foreach (var part in reading.Documents.SelectMany(d => d.Main is { } m ? d.Parts.Append(m) : d.Parts))
        {
            roles.TryAdd(part.Entry.Index, part.Role);
        }

        List<string> covered = [];
        List<UncoveredPart> open = [];
        foreach (var entry in parts.Files)
        {
            var role = roles.GetValueOrDefault(entry.Index, OfdRole.Other);
            if (signature.Names(entry))
            {
                covered.Add(entry.Path);
            }
            else if (role != OfdRole.Signature)
            {
                open.Add(new UncoveredPart(entry.Path, KindOf(role)));
            }
        }

        return (covered, open);
    }

    /// <summary>Parts that change what a reader sees, or what the file consists of; annotations are drawn over pages, attachments handed on.</summary>
    public static bool Matters(OfdPartKind kind) =>
        kind != OfdPartKind.Other;

    /// <summary>Where these are open, the signature is one of something else than what is shown.</summary>
    public static bool IsShown(OfdPartKind kind) => kind is OfdPartKind.Document or OfdPartKind.Page;

    public static string Say(UncoveredPart part) => $"{part.File}（{EnumWords.Say(part.Kind)}）";

    private static OfdPartKind KindOf(OfdRole role) => role switch
    {
        OfdRole.Root => OfdPartKind.Root,
        OfdRole.Document => OfdPartKind.Document,
        OfdRole.Page => OfdPartKind.Page,
        OfdRole.Template => OfdPartKind.Template,
        OfdRole.Resource => OfdPartKind.Resource,
        OfdRole.Media => OfdPartKind.Media,
        OfdRole.Annotation => OfdPartKind.Annotation,
        OfdRole.Attachment => OfdPartKind.Attachment,
        _ => OfdPartKind.Other,
    };
}
