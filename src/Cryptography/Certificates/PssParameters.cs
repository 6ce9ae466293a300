using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>RSASSA-PSS-params (RFC 4055 §3.1).</summary>
/// <param name="Hash">hashAlgorithm, SHA-1 where absent.</param>
/// <param name="MaskHash">Hash of maskGenAlgorithm MGF1.</param>
/// <param name="SaltLength">In bytes.</param>
internal sealed record PssParameters(SignedHash Hash, SignedHash MaskHash, int SaltLength)
{
    private const string Mgf1 = "1.2.840.113549.1.1.8";
    private const int MaxSalt = 1024;

    /// <returns>Null where a part is unknown to this tool or malformed.</returns>
    public static PssParameters? TryRead(ReadOnlyMemory<byte> parameters)
    {
        var found = new PssParameters(SignedHash.Default, SignedHash.Default, 20);
        try
        {
            var sequence = new AsnReader(parameters, AsnEncodingRules.DER).ReadSequence();
            for (var least = 0; sequence.HasData && found is not null;)
            {
                var tag = sequence.PeekContext();
                var value = sequence.ReadSequence(tag);
                found = tag.TagValue >= least ? With(found, tag.TagValue, value) : null;
                least = tag.TagValue + 1;
                value.ThrowIfNotEmpty();
            }

            return found;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static PssParameters? With(PssParameters found, int tag, AsnReader value)
    {
        switch (tag)
        {
            case 0:
                return SignedHash.OfDigest(value.ReadSequence().ReadObjectIdentifier()) is { } hash ? found with { Hash = hash } : null;
            case 1:
                var generator = value.ReadSequence();
                return generator.ReadObjectIdentifier() == Mgf1 && SignedHash.OfDigest(generator.ReadSequence().ReadObjectIdentifier()) is { } mask
                    ? found with { MaskHash = mask }
                    : null;
            case 2:
                return value.TryReadInt32(out var salt) && salt is >= 0 and <= MaxSalt ? found with { SaltLength = salt } : null;
            default:
                return value.TryReadInt32(out var trailer) && trailer == 1 ? found : null;
        }
    }
}
