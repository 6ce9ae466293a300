namespace SmartCity.SecurityCheck.Probes.Materials.Tests;

/// <summary>A library that cannot be interrupted holds as many threads as there are places, and no more.</summary>
public sealed class LeashedReadingTests
{
    [Fact]
    public async Task Work_that_hangs_keeps_its_place_and_later_work_is_refused_until_it_ends()
    {
        using var leash = new LeashedReading(2, TimeSpan.FromMilliseconds(100));
        using var door = new ManualResetEventSlim();
        var begun = 0;
        string Hang(CancellationToken stop)
        {
            Interlocked.Increment(ref begun);
            door.Wait(CancellationToken.None);
            return "";
        }

        var ends = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => leash.Run(Hang, CancellationToken.None, out var _))));
        Assert.Equal((2, 4), (ends.Count(e => e == LeashedEnd.GivenUp), ends.Count(e => e == LeashedEnd.NoRoom)));
        Assert.Equal(2, begun);
        Assert.Equal(LeashedEnd.NoRoom, leash.Run(_ => "", CancellationToken.None, out var _));

        door.Set();
        string? read = null;
        for (var i = 0; i < 200 && leash.Run(_ => "gone on", CancellationToken.None, out read) == LeashedEnd.NoRoom; i++)
        {
            await Task.Delay(10);
        }

        Assert.Equal("gone on", read);
    }

    /// <summary>An exception nobody catches would end the whole run.</summary>
    [Fact]
    public void Work_that_ends_when_the_leash_is_gone_harms_nobody()
    {
        using var door = new ManualResetEventSlim();
        Thread? worker = null;
        using (var leash = new LeashedReading(1, TimeSpan.FromMilliseconds(50)))
        {
            string Hang(CancellationToken stop)
            {
                worker = Thread.CurrentThread;
                door.Wait(CancellationToken.None);
                return "";
            }

            Assert.Equal(LeashedEnd.GivenUp, leash.Run(Hang, CancellationToken.None, out var _));
        }

        door.Set();
        Assert.True(worker!.Join(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Places that are only busy are waited for.</summary>
    [Fact]
    public async Task Work_that_ends_in_time_is_all_done_however_much_there_is()
    {
        using var leash = new LeashedReading(2, TimeSpan.FromSeconds(20));
        var ends = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (End: leash.Run(_ => { Thread.Sleep(50); return $"{i}"; }, CancellationToken.None, out var read), read))));
        Assert.All(ends.Select((e, i) => (e, i)), p => Assert.Equal((LeashedEnd.Done, $"{p.i}"), (p.e.End, p.e.read)));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.ThrowsAny<OperationCanceledException>(() => leash.Run(_ => "", stop.Token, out var _));
    }
}
