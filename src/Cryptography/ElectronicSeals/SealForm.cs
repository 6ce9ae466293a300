namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What a seal to be made says.</summary>
public sealed record SealForm
{
    public SealStandard Standard { get; init; } = SealStandard.V4;

    public required string SealId { get; init; }

    public required string Name { get; init; }

    public string Vendor { get; init; } = "SmartCity";

    /// <summary>1 of a unit, 2 of a person.</summary>
    public int Type { get; init; } = 1;

    /// <summary>Certificates in DER of those who may use it.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Users { get; init; }

    /// <summary>Lists SM3 digests instead of certificates; V1 has no such list.</summary>
    public bool ListsDigests { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    public required DateTimeOffset ValidTo { get; init; }

    public string PictureType { get; init; } = "PNG";

    public ReadOnlyMemory<byte> Picture { get; init; }

    /// <summary>In millimetres.</summary>
    public int PictureWidth { get; init; } = 40;

    public int PictureHeight { get; init; } = 40;
}

/// <summary>What is to be sealed.</summary>
public sealed record SealUse
{
    /// <summary>A seal in DER.</summary>
    public required ReadOnlyMemory<byte> Seal { get; init; }

    public SealStandard Standard { get; init; } = SealStandard.V4;

    /// <summary>Signature.xml as it will be stored.</summary>
    public required ReadOnlyMemory<byte> SignedFile { get; init; }

    /// <summary>Its path in the file, with a leading slash.</summary>
    public required string Path { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The signer's certificate in DER.</summary>
    public required ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>Gives the token over the signature's bytes (V4, V5); null for none.</summary>
    public Func<byte[], byte[]>? Stamp { get; init; }
}
