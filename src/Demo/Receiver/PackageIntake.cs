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
                    await KeepAsync(copy, buffer.AsMemory(0, read), stop);
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

    private static async Task KeepAsync(FileStream copy, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        try
        {
            await copy.WriteAsync(bytes, stop);
        }
        catch (IOException own)
        {
            throw new ReceiverTroubleException("收到的包存不下来", own);
        }
    }

    /// <summary>Named by its turn, after those of earlier runs: names of senders are not trusted with paths.</summary>
    private FileStream Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string path;
            do
            {
                path = Path.Combine(folder, FormattableString.Invariant($"transfer-{Interlocked.Increment(ref _kept):D4}.bin"));
            }
            while (File.Exists(path));
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception own) when (own is IOException or UnauthorizedAccessException)
        {
            throw new ReceiverTroubleException("收到的包存不下来", own);
        }
    }
}

/// <summary>The receiver's own trouble, and no fault of the sender.</summary>
internal sealed class ReceiverTroubleException(string message, Exception inner) : Exception(message, inner);
