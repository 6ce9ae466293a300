namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Where a <see cref="LaneScheduler"/> gets its messages from and delivers their digests to.</summary>
internal interface ILaneMessages
{
    /// <summary>Begins the next message in a lane.</summary>
    /// <returns>False when there are no more.</returns>
    bool TryBegin(int lane);

    /// <summary>Continues the lane's message.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="destination">Filled completely unless the message ends.</param>
    /// <param name="ended">True when the message has no byte beyond those returned.</param>
    /// <returns>Bytes written, or -1 when the message is given up; then no digest is delivered.</returns>
    int Read(int lane, Span<byte> destination, out bool ended);

    /// <summary>Delivers the lane's digests, to be fetched from the compressor before returning.</summary>
    void Complete(int lane, LaneCompressor compressor);
}
