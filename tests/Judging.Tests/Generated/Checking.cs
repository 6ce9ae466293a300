using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Runs a property with a fixed seed: the same cases on every machine.</summary>
internal static class Checking
{
    private const ulong Seed = 20_260_601;

    public static void Always<T>(Gen<T> cases, Action<T> property, int times = 1000, int size = 12) =>
        Check.One(
            Config.QuickThrowOnFailure
                .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None)))
                .WithMaxTest(times)
                .WithStartSize(2)
                .WithEndSize(size),
            Prop.ForAll(Arb.From(cases), property));
}
