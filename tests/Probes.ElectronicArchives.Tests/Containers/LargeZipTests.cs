using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

public sealed class LargeZipTests
{
    private const long Zeros = 6L << 30;

    [Fact]
    public void Zip64_beyond_four_gigabytes_is_read_from_a_stream_that_makes_up_its_zeros()
    {
        using var stream = Package();

        using var zip = ZipContainer.Open(stream, CancellationToken.None);

        Assert.Empty(zip.Faults);
        Assert.Equal([("大.bin", Zeros), ("尾.txt", 4L)], zip.Entries.Select(e => (e.Path, e.Bytes)));
        Assert.Equal("tail", Encoding.UTF8.GetString(Containers.ReadAll(zip, zip.Entries[1], 10, CancellationToken.None)));
        using var large = zip.Open(zip.Entries[0]);
        Assert.Equal(1 << 20, large.ReadAtLeast(new byte[1 << 20], 1 << 20));
    }

    [Fact]
    public void Reading_takes_little_memory()
    {
        using var stream = Package();
        using var zip = ZipContainer.Open(stream, CancellationToken.None);
        var buffer = new byte[1 << 16];
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var large = zip.Open(zip.Entries[0]);
        for (var i = 0; i < 4096; i++)
        {
            large.ReadExactly(buffer);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Mutants_of_packages_give_nothing_but_faults_within_their_bounds()
    {
        var seeds = new SeededBytes(20260301);
        byte[][] originals = [ZipContainerTests.Base().ToBytes(), Descriptors(), Wide()];
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 6000; i++)
        {
            var mutant = seeds.Mutate(originals[i % originals.Length]);
            try
            {
                using var zip = ZipContainer.Open(mutant, CancellationToken.None);
                Assert.InRange(zip.Faults.Count, 0, FaultList.PerKind * 20);
                Assert.All(zip.Entries, e => Assert.True(e.Bytes >= 0));
                _ = ZipContainerTests.ReadAll(zip);
            }
            catch (ContainerException trouble)
            {
                Assert.NotEmpty(trouble.Fault.Detail);
            }
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("a/")]
    [InlineData("..\\")]
    [InlineData("\u00E9/")]
    public void Names_made_to_cost_time_and_memory_cost_little(string segment)
    {
        var forge = new ZipForge();
        foreach (var i in Enumerable.Range(0, 250))
        {
            forge.Add(string.Create(CultureInfo.InvariantCulture, $"{i}/") + string.Concat(Enumerable.Repeat(segment, 65_000 / Encoding.UTF8.GetByteCount(segment))) + "x", []);
        }

        var bytes = forge.ToBytes();
        var (before, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());

        using var zip = ZipContainer.Open(bytes, CancellationToken.None);

        Assert.NotEmpty(zip.Faults);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 150 << 20);
    }

    [Fact]
    public void Crc_is_that_of_the_standard()
    {
        Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));
        var bytes = new SeededBytes(1).Take(5000);
        var piecewise = new Crc32();
        piecewise.Append(bytes.AsSpan(0, 33));
        piecewise.Append(bytes.AsSpan(33));
        Assert.Equal(Crc32.Of(bytes), piecewise.Value);
        for (var length = 0; length < 400; length++)
        {
            Assert.Equal(Bitwise(bytes.AsSpan(length, length)), Crc32.Of(bytes.AsSpan(length, length)));
        }
    }

    private static uint Bitwise(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    private static byte[] Descriptors()
    {
        var forge = new ZipForge { Comment = "comment"u8.ToArray() };
        forge.Add("a/", []);
        forge.Add("a/甲.txt", "甲甲甲甲").Flags |= 8;
        forge.Add("乙.txt", "乙").Gb18030("乙.txt");
        return forge.ToBytes();
    }

    private static byte[] Wide()
    {
        var forge = new ZipForge { Zip64End = true };
        forge.Add("a.txt", "text");
        return forge.ToBytes();
    }

    /// <summary>A stored entry of zeros that needs ZIP64 everywhere, and a small one behind it.</summary>
    private static SparseStream Package()
    {
        var name = Encoding.UTF8.GetBytes("大.bin");
        byte[] localExtra = [1, 0, 16, 0, .. BitConverter.GetBytes(Zeros), .. BitConverter.GetBytes(Zeros)];
        var local = new byte[30 + name.Length + localExtra.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(local, 0x04034B50);
        Common(local.AsSpan(4), name, localExtra, 0);
        name.CopyTo(local, 30);
        localExtra.CopyTo(local, 30 + name.Length);

        var small = new ZipForge();
        small.Add("尾.txt", "tail");
        var whole = small.ToBytes();
        var smallDirectoryAt = (int)BinaryPrimitives.ReadUInt32LittleEndian(whole.AsSpan(whole.Length - 6));
        var smallLocal = whole[..smallDirectoryAt];
        var smallCentral = whole[smallDirectoryAt..^22];
        var smallAt = local.Length + Zeros;
        BinaryPrimitives.WriteUInt32LittleEndian(smallCentral.AsSpan(42), uint.MaxValue);
        byte[] smallExtra = [1, 0, 8, 0, .. BitConverter.GetBytes(smallAt)];
        BinaryPrimitives.WriteUInt16LittleEndian(smallCentral.AsSpan(30), (ushort)smallExtra.Length);

        var central = new byte[46 + name.Length + localExtra.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(central, 0x02014B50);
        Common(central.AsSpan(6), name, localExtra, 0);
        name.CopyTo(central, 46);
        localExtra.CopyTo(central, 46 + name.Length);

        byte[] directory = [.. central, .. smallCentral, .. smallExtra];
        return new SparseStream(local, Zeros, [.. smallLocal, .. directory, .. End(smallAt + smallLocal.Length, directory.Length)]);
    }

    private static void Common(Span<byte> at, byte[] name, byte[] extra, uint crc)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(at, 45);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], 1 << 11);
        BinaryPrimitives.WriteUInt32LittleEndian(at[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(at[14..], uint.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(at[18..], uint.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(at[22..], (ushort)name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(at[24..], (ushort)extra.Length);
    }

    private static byte[] End(long directoryAt, long directoryBytes)
    {
        var forge = new ZipForge { Zip64End = true };
        var end = forge.ToBytes();
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(24), 2);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(32), 2);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(40), directoryBytes);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(48), directoryAt);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(64), directoryAt + directoryBytes);
        end.AsSpan(76 + 8, 12).Fill(0xFF);
        end.AsSpan(76 + 16, 4).Fill(0xFF);
        return end;
    }

    /// <summary>A head, zeros that are nowhere, and a tail.</summary>
    private sealed class SparseStream(byte[] head, long zeros, byte[] tail) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => head.Length + zeros + tail.Length;

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            var (at, tailAt) = (Position, head.Length + zeros);
            int read;
            if (at < head.Length)
            {
                read = Math.Min(buffer.Length, head.Length - (int)at);
                head.AsSpan((int)at, read).CopyTo(buffer);
            }
            else if (at < tailAt)
            {
                read = (int)Math.Min(buffer.Length, tailAt - at);
                buffer[..read].Clear();
            }
            else
            {
                read = (int)Math.Min(buffer.Length, Length - at);
                tail.AsSpan((int)(at - tailAt), read).CopyTo(buffer);
            }

            Position += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
