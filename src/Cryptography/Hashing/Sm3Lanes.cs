namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>SM3 over many independent messages at once.</summary>
public static class Sm3Lanes
{
    /// <summary>Hashes every message.</summary>
    /// <param name="messages">Any number of messages of any lengths.</param>
    /// <returns>One 32-byte digest per message, in the order given.</returns>
    public static byte[][] HashData(IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var digests = new byte[messages.Count][];
        for (var i = 0; i < digests.Length; i++)
        {
            digests[i] = Sm3.HashData(messages[i].Span);
        }

        return digests;
    }
}
