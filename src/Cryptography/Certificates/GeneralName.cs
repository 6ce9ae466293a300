using System.Formats.Asn1;
using System.Net;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The cases of GeneralName by their context tag (RFC 5280 §4.2.1.6).</summary>
public enum GeneralNameKind
{
    Other = 0,
    Email = 1,
    Dns = 2,
    X400 = 3,
    Directory = 4,
    EdiParty = 5,
    Uri = 6,
    Address = 7,
    RegisteredId = 8,
}

/// <summary>A GeneralName (RFC 5280 §4.2.1.6).</summary>
/// <param name="Kind">Which case.</param>
/// <param name="Value">Text, address, or the RFC 4514 string of a directory name; empty for the cases nobody reads.</param>
/// <param name="Content">The bytes behind the context tag.</param>
public sealed record GeneralName(GeneralNameKind Kind, string Value, ReadOnlyMemory<byte> Content)
{
    private const int LongestText = 512;

    /// <summary>Of <see cref="GeneralNameKind.Directory"/>; null for the others.</summary>
    internal DistinguishedName? Directory { get; private init; }

    /// <summary><c>DNS:name</c>, <c>IP:address</c>, <c>URI:…</c>, <c>email:…</c>, <c>DirName:…</c>; others as <c>other</c>.</summary>
    public string Labelled => Kind switch
    {
        GeneralNameKind.Email => $"email:{Value}",
        GeneralNameKind.Dns => $"DNS:{Value}",
        GeneralNameKind.Directory => $"DirName:{Value}",
        GeneralNameKind.Uri => $"URI:{Value}",
        GeneralNameKind.Address => $"IP:{Value}",
        _ => "other",
    };

    /// <summary>All names of a SEQUENCE.</summary>
    internal static List<GeneralName> ReadAll(AsnReader list)
    {
        var names = new List<GeneralName>();
        while (list.HasData)
        {
            names.Add(Read(list));
        }

        return names;
    }

    /// <exception cref="AsnContentException">Not a GeneralName.</exception>
    internal static GeneralName Read(AsnReader list)
    {
        var tag = list.PeekTag();
        var encoded = list.ReadEncodedValue();
        AsnDecoder.ReadEncodedValue(encoded.Span, AsnEncodingRules.DER, out var offset, out var length, out _);
        var content = encoded.Slice(offset, length);
        if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue > (int)GeneralNameKind.RegisteredId)
        {
            return new GeneralName(GeneralNameKind.Other, string.Empty, content);
        }

        var kind = (GeneralNameKind)tag.TagValue;
        return kind == GeneralNameKind.Directory ? Of(DistinguishedName.Read(content)) : new GeneralName(kind, Show(kind, content), content);
    }

    internal static GeneralName Of(DistinguishedName name) => new(GeneralNameKind.Directory, name.Text, name.Der) { Directory = name };

    private static string Show(GeneralNameKind kind, ReadOnlyMemory<byte> content) => kind switch
    {
        GeneralNameKind.Email or GeneralNameKind.Dns or GeneralNameKind.Uri => Cut(NameText.Decode(22, content.Span, out _)),
        GeneralNameKind.Address => content.Length is 4 or 16 ? new IPAddress(content.Span).ToString() : Convert.ToHexStringLower(content.Span),
        _ => string.Empty,
    };

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
