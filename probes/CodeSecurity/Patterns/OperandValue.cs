using System.Collections.Frozen;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What can be said of an operand without running anything: its literal, its code, whether literals alone make it up.</summary>
internal static class OperandValue
{
    private const int Depth = 4;

    /// <summary>Turn one writing of bytes into another and add nothing secret.</summary>
    private static readonly FrozenSet<string> Conversions = new[]
    {
        "new", "String", "byte", "bytes", "char", "uint8_t", "unsigned", "const", "int", "string", "Byte", "ByteArray", "UInt8Array", "Uint8Array", "var", "this", "self",
        "getBytes", "GetBytes", "toByteArray", "encodeToByteArray", "toCharArray", "ToCharArray", "encode", "Encoding", "UTF8", "ASCII", "Default", "Unicode", "StandardCharsets", "UTF_8", "US_ASCII", "ISO_8859_1", "Charset", "forName", "Charsets", "StrUtil", "utf8Bytes",
        "Hex", "HexUtil", "decode", "Decode", "decodeHex", "decodeHexStr", "decodeStrict", "fromhex", "unhexlify", "DecodeString", "EncodeToString", "hex", "binascii", "a2b_hex", "hex2bin", "HexToBytes", "hexToBytes", "fromHexString", "ByteUtils", "FromHexString", "Convert", "HexFormat", "of", "parseHex",
        "Base64", "getDecoder", "decodeBase64", "decodeFast", "FromBase64String", "b64decode", "base64", "base64_decode", "StdEncoding", "Base64Utils", "decodeFromString", "getUrlDecoder", "getMimeDecoder", "DatatypeConverter", "parseBase64Binary", "parseHexBinary", "Decoders", "BASE64", "BASE64URL", "Buffer", "from", "alloc", "CryptoJS", "enc", "Utf8", "Latin1", "parse", "TextEncoder",
        "len", "length", "Length", "lambda", "fn", "function", "return", "func", "u8", "byteArrayOf", "toByte", "array", "bytearray", "asList", "public", "static", "final", "readonly", "ToArray", "padEnd", "substring", "Substring", "0",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A word of libraries and conversions, which is no key.</summary>
    public static bool IsConversion(string word) => Conversions.Contains(word);

    /// <summary>The literal of characters an operand is; null where it is none or not known.</summary>
    public static string? Literal(CodeView code, int from, int to, int depth = Depth)
    {
        while (to - from > 2 && code.SignAt(from) == '(' && code.AfterPiece(from) == to)
        {
            (from, to) = (from + 1, to - 1);
        }

        if (depth == 0 || from >= to)
        {
            return null;
        }

        if (to - from == 1 && code.Kind(from) == CodeTokenKind.Text)
        {
            return code.ValueOf(from);
        }

        if (ChainEnd(code, from, to) is { } last)
        {
            return code.Names.ValueOf(code.Span(last).ToString(), from) is { } value ? Literal(code, value, code.EndOfExpression(value), depth - 1) : null;
        }

        for (var plus = code.AfterPiece(from); plus > from && plus < to; plus = code.AfterPiece(plus))
        {
            if (code.SignAt(plus) == '+' || (code.Language == SourceLanguage.Php && code.SignAt(plus) == '.'))
            {
                return Literal(code, from, plus, depth - 1) is { } left && Literal(code, plus + 1, to, depth - 1) is { } right && left.Length + right.Length < 8000 ? left + right : null;
            }
        }

        return null;
    }

    /// <summary>The number an operand is; null where it is none or not known.</summary>
    public static long? Number(CodeView code, int from, int to, int depth = Depth)
    {
        if (depth > 0 && to - from == 1 && code.Kind(from) == CodeTokenKind.Number)
        {
            return CodeScan.TryNumber(code.Span(from), out var number) ? number : null;
        }

        return depth > 0 && ChainEnd(code, from, to) is { } last && code.Names.ValueOf(code.Span(last).ToString(), from) is { } value
            ? Number(code, value, code.EndOfExpression(value), depth - 1)
            : null;
    }

    /// <summary>The code of an operand, or of what its name is set to.</summary>
    public static string Code(CodeView code, int from, int to) =>
        ChainEnd(code, from, to) is { } last && last == from && code.Names.ValueOf(code.Span(last).ToString(), from) is { } value && !code.Names.IsTouched(code.Span(last).ToString(), value)
            ? code.CodeOf(value, code.EndOfExpression(value))
            : code.CodeOf(from, to);

    /// <summary>Literals and conversions alone, at least one of them with something in it.</summary>
    public static bool IsConstant(CodeView code, int from, int to, int depth = Depth)
    {
        if (depth == 0)
        {
            return false;
        }

        var seen = false;
        for (var i = from; i < to; i++)
        {
            switch (code.Kind(i))
            {
                case CodeTokenKind.Text:
                    seen |= IsValue(code.ValueOf(i));
                    break;
                case CodeTokenKind.Number:
                    seen |= to - from >= 3;
                    break;
                case CodeTokenKind.Word when ConstantCall(code, i, to, depth) is { } after:
                    (i, seen) = (after - 1, true);
                    break;
                case CodeTokenKind.Word when !Conversions.Contains(code.Span(i).ToString()):
                    if (!IsConstantName(code, i, depth))
                    {
                        return false;
                    }

                    seen = true;
                    break;
            }
        }

        return seen;
    }

    /// <summary>A call of a function of this file that gives back a constant, with what it is called on.</summary>
    /// <returns>The token behind the call; null where it is no such call.</returns>
    private static int? ConstantCall(CodeView code, int at, int to, int depth)
    {
        var name = at;
        while (name + 2 < to && code.IsWord(name + 2) && (code.IsSign(name + 1, ".") || code.IsSign(name + 1, "->") || code.IsSign(name + 1, "::")))
        {
            name += 2;
        }

        if (name + 1 >= to || code.SignAt(name + 1) != '(')
        {
            return null;
        }

        var called = code.Span(name).ToString();
        var isMade = name == at + 2 && called is "get" or "Invoke" or "invoke" or "call" or "apply";
        if (!(isMade || code.Returns.Has(called)) || code.AfterPiece(name + 1) is not (> 0 and var after) || after > to)
        {
            return null;
        }

        code.Spend(1);
        var isWithout = after == name + 3;
        return code.Returns.Give(called, isWithout, r => code.EndOfExpression(r) is var end && IsWritten(code, r, end, isWithout ? depth : 1) && IsConstant(code, r, end, depth - 1))
            || (isMade && isWithout && IsConstantName(code, at, depth)) ? after : null;
    }

    /// <summary>Its content stands there: a text or a list of numbers. An array that is only made may be filled before it is given back.</summary>
    private static bool IsWritten(CodeView code, int from, int to, int depth)
    {
        for (var i = from; i < to; i++)
        {
            if (code.Kind(i) == CodeTokenKind.Text || code.SignAt(i) == '{'
                || (depth > 1 && code.IsWord(i) && code.Names.ValueOf(code.Span(i).ToString(), i) is { } value && IsWritten(code, value, code.EndOfExpression(value), depth - 1)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsConstantName(CodeView code, int at, int depth)
    {
        var name = code.Span(at).ToString();
        return code.Names.ValueOf(name, at) is { } value && code.EndOfExpression(value) is var end && IsConstant(code, value, end, depth - 1)
            && (Literal(code, value, end) is not null || !code.Names.IsTouched(name, value));
    }

    /// <summary>Names of charsets and placeholders that are filled in elsewhere say nothing of a key.</summary>
    private static bool IsValue(string text) =>
        text.Length > 0 && !text.StartsWith("${", StringComparison.Ordinal) && !text.StartsWith("#{", StringComparison.Ordinal) && !(text.Length <= 10 && text.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() is "UTF8" or "UTF16" or "ASCII" or "GBK" or "GB2312" or "GB18030" or "HEX" or "BASE64" or "AES" or "DES" or "SM4" or "LATIN1" or "ISO88591" or "DESEDE" or "UTF16LE" or "BINARY");

    /// <summary>The last word of <c>a.b.c</c>; null where the operand is anything else.</summary>
    private static int? ChainEnd(CodeView code, int from, int to)
    {
        if (to <= from || (to - from) % 2 == 0)
        {
            return null;
        }

        for (var i = from; i < to; i++)
        {
            if ((i - from) % 2 == 0 ? !code.IsWord(i) : !(code.IsSign(i, ".") || code.IsSign(i, "::") || code.IsSign(i, "->")))
            {
                return null;
            }
        }

        return to - 1;
    }
}
