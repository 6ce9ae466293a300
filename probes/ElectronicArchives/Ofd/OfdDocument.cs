using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What part a file of an OFD plays.</summary>
internal enum OfdRole
{
    Root,
    Document,
    Page,
    Template,
    Resource,
    Media,
    Annotation,
    Attachment,
    Signature,
    Other,
}

/// <summary>A part that was named and found.</summary>
internal sealed record OfdPart(OfdRole Role, ContainerEntry Entry, XElement? Root, string? Id)
{
    public string Path => Entry.Path;
}

/// <summary>One DocBody with all it names.</summary>
internal sealed class OfdDocument
{
    public required XElement Body { get; init; }

    /// <summary>Null where Document.xml is missing.</summary>
    public OfdPart? Main { get; set; }

    public List<OfdPart> Parts { get; } = [];

    /// <summary>A version has another document root, whose pages are among <see cref="Pages"/>.</summary>
    public bool HasOtherVersions { get; set; }

    public IEnumerable<OfdPart> Pages => Parts.Where(p => p.Role == OfdRole.Page);

    public IEnumerable<OfdPart> Of(OfdRole role) => Parts.Where(p => p.Role == role);

    /// <summary>Signatures.xml; null where the body names none, or it is missing.</summary>
    public OfdPart? SignatureList { get; set; }

    public List<OfdSignature> Signatures { get; } = [];

    /// <summary>The body names a list of signatures, and not all of it, or nothing, was read from there.</summary>
    public bool HasUnreadSignatures { get; set; }
}

/// <summary>One Signature of Signatures.xml.</summary>
internal sealed record OfdSignature(string Id, string Type, string? Location)
{
    /// <summary>Signature.xml; null where missing.</summary>
    public ContainerEntry? Entry { get; init; }

    public byte[]? Bytes { get; init; }

    public XElement? Root { get; init; }

    public ContainerEntry? Value { get; init; }

    public string? ValueLocation { get; init; }

    public ContainerEntry? SealFile { get; init; }

    public string? SealLocation { get; init; }

    /// <summary>As written; null where not.</summary>
    public string? WrittenTime => Root.One("SignedInfo").Text("SignatureDateTime");

    public IEnumerable<XElement> Stamps => Root.One("SignedInfo").Named("StampAnnot");

    public XElement? References => Root.One("SignedInfo").One("References");
}
