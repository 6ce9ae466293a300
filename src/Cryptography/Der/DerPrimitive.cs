using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What X.690 clauses 8, 10 and 11 demand of one element's content, as far as it can be told without its schema.</summary>
internal static class DerPrimitive
{
    public static void Check(Asn1Tag tag, ReadOnlySpan<byte> content, int position, DerLimits limits)
    {
        if (tag.TagClass != TagClass.Universal)
        {
            return;
        }

        var number = (UniversalTagNumber)tag.TagValue;
        var mustBeConstructed = number is UniversalTagNumber.Sequence or UniversalTagNumber.Set
            or UniversalTagNumber.External or UniversalTagNumber.Embedded or UniversalTagNumber.UnrestrictedCharacterString;
        if (tag.IsConstructed != mustBeConstructed)
        {
            throw new DerRejectedException($"通用标签 {tag.TagValue} 的构造位不符合 DER", position);
        }

        var wrong = number switch
        {
            UniversalTagNumber.EndOfContents => "出现不定长结束标记",
            UniversalTagNumber.Boolean => content.Length == 1 && content[0] is 0x00 or 0xff ? null : "BOOLEAN 取值不符合 DER",
            UniversalTagNumber.Null => content.IsEmpty ? null : "NULL 带有内容",
            UniversalTagNumber.Integer or UniversalTagNumber.Enumerated => Integer(content, limits.MaxIntegerBytes),
            UniversalTagNumber.ObjectIdentifier or UniversalTagNumber.RelativeObjectIdentifier =>
                ObjectIdentifier(content, limits.MaxObjectIdentifierBytes),
            UniversalTagNumber.BitString => BitString(content),
            _ => null,
        };
        if (wrong is not null)
        {
            throw new DerRejectedException(wrong, position);
        }
    }

    private static string? Integer(ReadOnlySpan<byte> content, int limit)
    {
        if (content.IsEmpty)
        {
            return "INTEGER 没有内容";
        }

        if (content.Length > limit)
        {
            return $"INTEGER 长 {content.Length} 字节，超过上限 {limit} 字节";
        }

        var redundant = content.Length > 1
            && ((content[0] == 0x00 && content[1] < 0x80) || (content[0] == 0xff && content[1] >= 0x80));
        return redundant ? "INTEGER 不是最短编码" : null;
    }

    private static string? ObjectIdentifier(ReadOnlySpan<byte> content, int limit)
    {
        if (content.IsEmpty)
        {
            return "OBJECT IDENTIFIER 没有内容";
        }

        if (content.Length > limit)
        {
            return $"OBJECT IDENTIFIER 长 {content.Length} 字节，超过上限 {limit} 字节";
        }

        var atArcStart = true;
        foreach (var octet in content)
        {
            if (atArcStart && octet == 0x80)
            {
                return "OBJECT IDENTIFIER 不是最短编码";
            }

            atArcStart = octet < 0x80;
        }

        return atArcStart ? null : "OBJECT IDENTIFIER 末段不完整";
    }

    private static string? BitString(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || content[0] > 7 || (content.Length == 1 && content[0] != 0))
        {
            return "BIT STRING 的未用位数不正确";
        }

        return (content[^1] & ((1 << content[0]) - 1)) != 0 && content.Length > 1 ? "BIT STRING 的未用位不为零" : null;
    }
}
