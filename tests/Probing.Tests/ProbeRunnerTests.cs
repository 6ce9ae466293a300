using System.Diagnostics;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probing.Tests;

public sealed class ProbeRunnerTests
{
    [Fact]
    public async Task Every_pair_ends_with_exactly_one_record_whatever_its_probe_does()
    {
        ScriptedProbe[] probes =
        [
            new("a.bug", (_, _, _) => throw new InvalidOperationException("oops")),
            new("b.late-bug", async (_, _, _) =>
            {
                await Task.Yield();
                throw new FormatException();
            }),
            new("c.unable", (_, _, _) => throw new UnableException(FailureKind.Unreachable, "连不上")),
            ScriptedProbe.Good("d.good"),
            new("e.own-cancel", (_, _, _) => throw new OperationCanceledException()),
        ];
        var records = await Runs.RunAsync(probes, Runs.Endpoints(7));

        Assert.Equal(35, records.Count);
        Assert.Equal(35, records.Select(r => (r.ProbeId, r.TargetId)).Distinct().Count());
        Assert.Equal(records.OrderBy(r => r.ProbeId, StringComparer.Ordinal).ThenBy(r => r.TargetId, StringComparer.Ordinal), records);
        Assert.All(records.Where(r => r.ProbeId is "a.bug" or "b.late-bug" or "e.own-cancel"), r => Assert.Equal(FailureKind.ProbeBug, Assert.IsType<Unable>(r.Outcome).Kind));
        Assert.All(records.Where(r => r.ProbeId == "c.unable"), r => Assert.Equal(FailureKind.Unreachable, Assert.IsType<Unable>(r.Outcome).Kind));
        Assert.All(records.Where(r => r.ProbeId == "d.good"), r => Assert.IsType<NotNeeded>(r.Outcome));
    }

    [Fact]
    public async Task A_probe_that_ignores_its_token_is_left_behind_after_the_grace()
    {
        var never = new TaskCompletionSource<ProbeOutcome>();
        var deaf = new ScriptedProbe("a.deaf", (_, _, _) => never.Task) { Timeout = TimeSpan.FromMilliseconds(200) };
        var clock = Stopwatch.StartNew();
        var records = await Runs.RunAsync([deaf, ScriptedProbe.Good("b.good")], Runs.Endpoints(1), new RunnerOptions { Grace = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(FailureKind.TimedOut, Assert.IsType<Unable>(records[0].Outcome).Kind);
        Assert.IsType<NotNeeded>(records[1].Outcome);
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(450), TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task Cancelling_ends_the_rest_as_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new ScriptedProbe("a.waits", async (_, _, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return new NotNeeded("never");
        });
        var records = await Runs.RunAsync([waiting], Runs.Endpoints(20), new RunnerOptions(MaxParallel: 1), cancellationToken: stop.Token);

        Assert.Equal(20, records.Count);
        Assert.All(records, r => Assert.Equal(FailureKind.Cancelled, Assert.IsType<Unable>(r.Outcome).Kind));
    }

    [Fact]
    public async Task The_run_limit_cancels_what_is_left()
    {
        var slow = new ScriptedProbe("a.slow", async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new NotNeeded("never");
        });
        var records = await Runs.RunAsync([slow], Runs.Endpoints(5), new RunnerOptions(MaxParallel: 2, RunLimit: TimeSpan.FromMilliseconds(200)));

        Assert.All(records, r => Assert.Equal(FailureKind.Cancelled, Assert.IsType<Unable>(r.Outcome).Kind));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_connection_limit_of_a_target_is_never_exceeded(int limit)
    {
        var (open, most, gate) = (0, 0, new Lock());
        await using var server = new ScriptedServer(async c =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++open);
            }

            // Counted down before the client may close, so that a late look at the socket cannot count one too many.
            await c.Stream.ReadExactlyAsync(new byte[1]);
            lock (gate)
            {
                open--;
            }

            await c.SendAsync("x"u8.ToArray());
            await c.LingerAsync();
        });
        var endpoint = ProbeContexts.Local(server.Port) with { MaxConnections = limit };
        var greedy = Enumerable.Range(0, 6).Select(i => new ScriptedProbe($"a.p{i}", async (target, context, token) =>
        {
            await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
            {
                await using var connection = await context.Dialer.DialAsync(target, token);
                await Task.Delay(20, token);
                await connection.Stream.WriteAsync("x"u8.ToArray(), token);
                await connection.Stream.ReadExactlyAsync(new byte[1], token);
            }));
            return new NotNeeded("done");
        }) { Timeout = TimeSpan.FromSeconds(30) });
        var records = await Runs.RunAsync(greedy, [endpoint]);

        Assert.All(records, r => Assert.IsType<NotNeeded>(r.Outcome));
        Assert.Equal(30, server.Accepted);
        Assert.InRange(most, 1, limit);
    }

    [Fact]
    public async Task Intrusive_probes_run_alone_and_only_when_allowed()
    {
        var running = 0;
        var together = 0;
        async Task<ProbeOutcome> Watch(CancellationToken token)
        {
            together = Math.Max(together, Interlocked.Increment(ref running));
            await Task.Delay(30, token);
            Interlocked.Decrement(ref running);
            return new NotNeeded("done");
        }

        var gentle = Enumerable.Range(0, 4).Select(i => new ScriptedProbe($"g.{i}", async (_, _, token) =>
        {
            Interlocked.Increment(ref running);
            await Task.Delay(30, token);
            Interlocked.Decrement(ref running);
            return new NotNeeded("done");
        }));
        var intrusive = Enumerable.Range(0, 3).Select(i => new ScriptedProbe($"a.{i}", (_, _, token) => Watch(token)) { Intrusiveness = Intrusiveness.Intrusive });
        var probes = gentle.Concat(intrusive).ToList();
        var refused = await Runs.RunAsync(probes, Runs.Endpoints(1));

        Assert.Equal(3, refused.Count(r => r.Outcome is Unable { Kind: FailureKind.Refused }));
        Assert.Equal(0, together);

        var endpoints = Runs.Endpoints(2);
        var allowed = await Runs.RunAsync(probes, endpoints, context: Allowing(endpoints));

        Assert.All(allowed, r => Assert.IsType<NotNeeded>(r.Outcome));
        Assert.Equal(1, together);
    }

    [Fact]
    public async Task A_probe_that_comes_last_finds_all_others_of_all_targets_ended()
    {
        var ended = 0;
        ScriptedProbe Slow(string id, Intrusiveness intrusiveness) => new(id, async (_, _, token) =>
        {
            await Task.Delay(30, token);
            Interlocked.Increment(ref ended);
            return new NotNeeded("done");
        })
        { Intrusiveness = intrusiveness };
        var last = new ScriptedProbe("a.last", (_, _, _) => Task.FromResult<ProbeOutcome>(new NotNeeded($"{ended}"))) { ComesLast = true };
        var endpoints = Runs.Endpoints(3);
        var records = await Runs.RunAsync([last, Slow("b.gentle", Intrusiveness.Safe), Slow("c.intrusive", Intrusiveness.Intrusive)], endpoints, context: Allowing(endpoints));

        Assert.Equal(9, records.Count);
        Assert.All(records.Where(r => r.ProbeId == "a.last"), r => Assert.Equal("6", Assert.IsType<NotNeeded>(r.Outcome).Why));
    }

    [Fact]
    public async Task What_others_have_seen_spares_the_permission()
    {
        var settled = new ScriptedProbe("a.settled", (_, _, _) => throw new InvalidOperationException("不得运行"))
        {
            Intrusiveness = Intrusiveness.Intrusive,
            Gently = () => new NotNeeded("别的探测已经看出没有"),
        };

        Assert.Equal("别的探测已经看出没有", Assert.IsType<NotNeeded>(Assert.Single(await Runs.RunAsync([settled], Runs.Endpoints(1))).Outcome).Why);
    }

    [Fact]
    public async Task A_fault_in_concluding_stops_no_other_probe()
    {
        var faulty = new ScriptedProbe("a.faulty", (_, _, _) => throw new InvalidOperationException("不得运行")) { Intrusiveness = Intrusiveness.Intrusive, Gently = () => throw new InvalidOperationException("x") };

        var ended = await Runs.RunAsync([faulty, ScriptedProbe.Good("b.good")], Runs.Endpoints(1));

        Assert.Equal([FailureKind.ProbeBug], ended.Select(r => r.Outcome).OfType<Unable>().Select(u => u.Kind));
        Assert.Equal(2, ended.Count);
    }

    [Fact]
    public async Task Lost_evidence_ends_the_run()
    {
        var losing = new ScriptedProbe("a.loses", (_, _, _) => throw new EvidenceLostException("满了", new IOException()));

        await Assert.ThrowsAsync<EvidenceLostException>(() => Runs.RunAsync([losing, ScriptedProbe.Good("b.good")], Runs.Endpoints(3)));
    }

    [Fact]
    public async Task Shared_work_is_done_once_and_its_failure_is_not_inherited()
    {
        var shared = new SharedWork();
        var done = 0;
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shared.GetAsync("k", async token =>
        {
            Interlocked.Increment(ref done);
            await Task.Delay(50, token);
            return "x";
        }, CancellationToken.None)));

        Assert.All(results, r => Assert.Equal("x", r));
        Assert.Equal(1, done);

        using var impatient = new CancellationTokenSource(50);
        var first = shared.GetAsync("late", async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return "never";
        }, impatient.Token);
        var second = shared.GetAsync("late", _ => Task.FromResult("own"), CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("own", await second);
    }

    [Fact]
    public async Task Nothing_outside_the_scope_is_dialled()
    {
        await using var server = new ScriptedServer(c => c.LingerAsync());
        var elsewhere = ProbeContexts.Local(server.Port);
        var dialling = new ScriptedProbe("a.dials", async (_, context, token) =>
        {
            await using var connection = await context.Dialer.DialAsync(elsewhere, token);
            return new NotNeeded("reached");
        });
        var records = await Runs.RunAsync([dialling], Runs.Endpoints(1));

        Assert.Equal(FailureKind.Refused, Assert.IsType<Unable>(Assert.Single(records).Outcome).Kind);
        Assert.Equal(0, server.Accepted);
    }

    private static ProbeContext Allowing(IReadOnlyList<Endpoint> endpoints)
    {
        var context = ProbeContexts.For(new KeptEvidence(), [.. endpoints]);
        return new ProbeContext
        {
            Dialer = context.Dialer,
            Tools = context.Tools,
            Shells = context.Shells,
            Evidence = context.Evidence,
            Redactor = context.Redactor,
            Clock = context.Clock,
            Log = context.Log,
            Shared = context.Shared,
            AllowIntrusive = true,
        };
    }
}
