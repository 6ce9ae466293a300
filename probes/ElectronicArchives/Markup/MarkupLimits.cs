namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Bounds of an XML document that is read into a tree.</summary>
public sealed record MarkupLimits
{
    public static MarkupLimits Default { get; } = new();

    /// <summary>Bytes of the document.</summary>
    public int Bytes { get; init; } = 64 << 20;

    /// <summary>Elements in elements.</summary>
    public int Depth { get; init; } = 128;

    /// <summary>Elements, attributes, texts, comments and instructions together.</summary>
    public int Nodes { get; init; } = 2_000_000;

    /// <summary>Attributes of one element.</summary>
    public int Attributes { get; init; } = 256;

    /// <summary>Characters of one attribute; the code of pictures does not belong there.</summary>
    public int AttributeCharacters { get; init; } = 1 << 20;
}
