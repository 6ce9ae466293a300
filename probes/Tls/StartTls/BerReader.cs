namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// One level of BER elements with definite lengths (RFC 4511 §5.1 allows no others), for the few fields of an LDAP answer. Directory
/// servers write lengths longer than DER admits, so the strict reader of certificates cannot be asked.
/// </summary>
internal ref struct BerReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <exception cref="SmartCity.SecurityCheck.Probing.UnableException">Fewer bytes are left than the element claims.</exception>
    public BerElement Next()
    {
        if (_rest.Length < 2)
        {
            throw StartTlsWire.Unreadable("LDAP 消息不完整");
        }

        var (tag, length, header) = (_rest[0], (int)_rest[1], 2);
        if (length >= 0x80)
        {
            header += length & 0x7F;
            if (header is 2 or > 6 || _rest.Length < header)
            {
                throw StartTlsWire.Unreadable("LDAP 消息的长度写法不对");
            }

            long sum = 0;
            foreach (var part in _rest[2..header])
            {
                sum = (sum << 8) | part;
            }

            length = (int)Math.Min(int.MaxValue, sum);
        }

        if (length > _rest.Length - header)
        {
            throw StartTlsWire.Unreadable("LDAP 消息里的长度超出消息本身");
        }

        var content = _rest.Slice(header, length);
        _rest = _rest[(header + length)..];
        return new BerElement(tag, content);
    }
}

/// <param name="tag">Identifier octet; numbers above 30 do not occur.</param>
/// <param name="content">Between the borders of the element.</param>
internal readonly ref struct BerElement(byte tag, ReadOnlySpan<byte> content)
{
    public byte Tag { get; } = tag;

    public ReadOnlySpan<byte> Content { get; } = content;
}
