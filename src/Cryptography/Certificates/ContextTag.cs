using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

internal static class ContextTag
{
    /// <summary>The next tag where it is context-specific. Handing any other on as an expected tag is an argument mistake to the reader, not a content one.</summary>
    /// <exception cref="AsnContentException">It is not.</exception>
    public static Asn1Tag PeekContext(this AsnReader reader) =>
        reader.PeekTag() is { TagClass: TagClass.ContextSpecific } tag ? tag : throw new AsnContentException();
}
