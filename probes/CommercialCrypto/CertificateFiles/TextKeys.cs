using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Looks for private keys that stand in the text of a file rather than in a structure of their own.</summary>
/// <param name="found">Takes what is found.</param>
/// <param name="file">Name of the file.</param>
/// <param name="add">Takes a key that was read, with the certificates beside it.</param>
internal sealed class TextKeys(FoundParts found, string file, Action<FoundAt, KeyContainer> add)
{
    /// <returns>What may be a key and cannot be told.</returns>
    public List<(FoundAt At, string What)> Read(byte[] text, IReadOnlyList<FilePart> parts)
    {
        var places = new HashSet<int>();
        foreach (var (offset, key) in KeysInText.Find(text))
        {
            places.Add(offset);
            add(new FoundAt(file, offset), key);
        }

        var whole = KeysInText.TextOf(text);
        var skipped = whole is null ? Binary(text, parts) : 0;
        var letters = whole ?? KeysInText.TextOf(text.AsSpan(skipped));
        if (letters is null)
        {
            return [(new FoundAt(file, skipped), "太长，或者不全是文字，没有在其中找私钥，请人工核对")];
        }

        List<(FoundAt At, string What)> doubts = [];
        foreach (var one in LooseKeyText.Find(letters, parts.Where(p => p.Label is not null).Select(p => p.Identity).ToHashSet(StringComparer.Ordinal)))
        {
            var at = new FoundAt(file, skipped + one.Offset);
            if (one.IsNamed && !places.Contains(skipped + one.Offset))
            {
                found.Trouble(at, $"名称说是私钥、值是{one.What}，多半是写在配置里的明文私钥，请人工核对");
                found.Keys.Add(new Found<KeyContainer>(at, null));
            }
            else if (!places.Contains(skipped + one.Offset))
            {
                doubts.Add((at, $"有一段{one.What}，长短与随机程度同私钥一样，名称没有说明它是什么，请人工核对它是不是明文的私钥"));
            }
        }

        return doubts;
    }

    /// <summary>Bytes at the beginning that were read as elements of DER: no text is to be looked for in them.</summary>
    private static int Binary(ReadOnlySpan<byte> text, IReadOnlyList<FilePart> parts)
    {
        var end = 0;
        foreach (var part in parts)
        {
            if (part.Label is not null || part.Offset != end || !text[end..].StartsWith(part.Bytes.Span))
            {
                break;
            }

            end += part.Bytes.Length;
        }

        return end;
    }
}
