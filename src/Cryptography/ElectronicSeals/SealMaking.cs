using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Makes seals and signs with them: for demonstrations and for tests, with keys made for the purpose.</summary>
public static class SealMaking
{
    private const string Sm2WithSm3 = "1.2.156.10197.1.501";

    /// <summary>A SESeal in DER, signed by its maker.</summary>
    public static byte[] Make(SealForm form, Sm2PrivateKey maker, ReadOnlyMemory<byte> makerCertificate)
    {
        var info = Info(form);
        var isFirst = form.Standard == SealStandard.V1;
        var signature = maker.Sign(isFirst ? Sequence(w => { w.WriteEncodedValue(info); WriteSigner(w, makerCertificate); }) : info);
        return Sequence(seal =>
        {
            seal.WriteEncodedValue(info);
            if (isFirst)
            {
                seal.PushSequence();
            }

            WriteSigner(seal, makerCertificate);
            seal.WriteBitString(signature);
            if (isFirst)
            {
                seal.PopSequence();
            }
        });
    }

    /// <summary>A SES_Signature in DER.</summary>
    public static byte[] Sign(SealUse use, Sm2PrivateKey signer)
    {
        var isFirst = use.Standard == SealStandard.V1;
        var signed = Sequence(tbs =>
        {
            tbs.WriteInteger(VersionOf(use.Standard));
            tbs.WriteEncodedValue(use.Seal.Span);
            if (isFirst)
            {
                var time = new AsnWriter(AsnEncodingRules.DER);
                time.WriteGeneralizedTime(use.At, omitFractionalSeconds: true);
                tbs.WriteBitString(time.Encode());
            }
            else
            {
                tbs.WriteGeneralizedTime(use.At, omitFractionalSeconds: true);
            }

            tbs.WriteBitString(Sm3.HashData(use.SignedFile.Span));
            tbs.WriteCharacterString(UniversalTagNumber.IA5String, use.Path);
            if (isFirst)
            {
                WriteSigner(tbs, use.Certificate);
            }
        });
        var signature = signer.Sign(signed);
        return Sequence(value =>
        {
            value.WriteEncodedValue(signed);
            if (!isFirst)
            {
                WriteSigner(value, use.Certificate);
            }

            value.WriteBitString(signature);
            if (use.Stamp is { } stamp)
            {
                using (value.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    value.WriteBitString(stamp(signature));
                }
            }
        });
    }

    private static void WriteSigner(AsnWriter writer, ReadOnlyMemory<byte> certificate)
    {
        writer.WriteOctetString(certificate.Span);
        writer.WriteObjectIdentifier(Sm2WithSm3);
    }

    private static int VersionOf(SealStandard standard) => standard switch { SealStandard.V1 => 1, SealStandard.V4 => 4, _ => 5 };

    private static byte[] Info(SealForm form) => Sequence(info =>
    {
        using (info.PushSequence())
        {
            info.WriteCharacterString(UniversalTagNumber.IA5String, "ES");
            info.WriteInteger(VersionOf(form.Standard));
            info.WriteCharacterString(UniversalTagNumber.IA5String, form.Vendor);
        }

        info.WriteCharacterString(UniversalTagNumber.IA5String, form.SealId);
        WriteProperty(info, form);
        using (info.PushSequence())
        {
            info.WriteCharacterString(UniversalTagNumber.IA5String, form.PictureType);
            info.WriteOctetString(form.Picture.Span);
            info.WriteInteger(form.PictureWidth);
            info.WriteInteger(form.PictureHeight);
        }
    });

    private static void WriteProperty(AsnWriter info, SealForm form)
    {
        var isFirst = form.Standard == SealStandard.V1;
        using (info.PushSequence())
        {
            info.WriteInteger(form.Type);
            info.WriteCharacterString(UniversalTagNumber.UTF8String, form.Name);
            if (!isFirst)
            {
                info.WriteInteger(form.ListsDigests ? 2 : 1);
            }

            using (info.PushSequence())
            {
                WriteUsers(info, form, asDigests: form.ListsDigests && !isFirst);
            }

            foreach (var time in (DateTimeOffset[])[form.ValidFrom, form.ValidFrom, form.ValidTo])
            {
                WriteTime(info, time, isFirst);
            }
        }
    }

    private static void WriteUsers(AsnWriter info, SealForm form, bool asDigests)
    {
        foreach (var user in form.Users)
        {
            if (!asDigests)
            {
                info.WriteOctetString(user.Span);
                continue;
            }

            using (info.PushSequence())
            {
                info.WriteCharacterString(UniversalTagNumber.PrintableString, "1.2.156.10197.1.401");
                info.WriteOctetString(Sm3.HashData(user.Span));
            }
        }
    }

    private static void WriteTime(AsnWriter info, DateTimeOffset time, bool isFirst)
    {
        if (isFirst)
        {
            info.WriteUtcTime(time);
        }
        else
        {
            info.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }

    private static byte[] Sequence(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            write(writer);
        }

        return writer.Encode();
    }
}
