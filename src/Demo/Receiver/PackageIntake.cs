namespace SmartCity.SecurityCheck.Demo;

/// <summary>Takes the bytes of a package: digests on the way, a copy where one is wanted.</summary>
internal sealed class PackageIntake(ReceiverOptions options)
{
    private const int BufferSize = 128 * 1024;

    private int _kept;

    /// <exception cref="InvalidDataException">More bytes than allowed.</exception>
    public async Task<TransferDigest> TakeAsync(Stream body, CancellationToken stop)
    {
        var digest = new TransferDigest();
        try
        {
            await using var copy = options.Keep is null ? null : Create(options.Keep);
            var buffer = new byte[BufferSize];
            int read;
            while ((read = await body.ReadAsync(buffer, stop)) > 0)
            {
                if (digest.Bytes + read > options.PackageCap)
                {
                    throw new InvalidDataException($"信息包超过 {options.PackageCap / (1024 * 1024)} MiB");
                }

                digest.Append(buffer.AsSpan(0, read));
                if (copy is not null)
                {
                    await copy.WriteAsync(buffer.AsMemory(0, read), stop);
                }
            }

            return digest;
        }
        catch
        {
            digest.Dispose();
            throw;
        }
    }

    /// <summary>Named by its turn: names of senders are not trusted with paths.</summary>
    private FileStream Create(string folder)
    {
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, FormattableString.Invariant($"transfer-{Interlocked.Increment(ref _kept):D4}.bin")), FileMode.CreateNew, FileAccess.Write);
    }
}
