using System.Diagnostics;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>Processor time instead of wall time, for machines that are never quiet: each row against the library's, measured in turn.</summary>
internal static class CpuRatios
{
    private const int Rounds = 7;
    private const double Nano = 1e9;

    public static int Run()
    {
        Sm4();
        Sm2();
        return 0;
    }

    private static void Sm4()
    {
        var b = new Sm4Bulk { Length = 1 << 20 };
        b.Prepare();
        const string unit = "byte";
        Print(unit, b.Length, ("SM4 ECB, library", 1, b.LibraryEcb), [
            ("SM4 ECB, table", 1, b.TableEcb), ("SM4 ECB, AES-NI", 4, b.AesNiEcb), ("SM4 ECB, AES-NI and AVX2", 8, b.AesAvx2Ecb),
            ("SM4 ECB, GFNI 256", 16, b.Gfni256Ecb), ("SM4 ECB, GFNI 512", 32, b.Gfni512Ecb), ("SM4 CBC decryption, widest", 32, b.BestCbcDecryption),
        ]);
        Print(unit, b.Length, ("SM4 CTR, library", 1, b.LibraryCtr), [("SM4 CTR, widest", 32, b.BestCtr)]);
        Print(unit, b.Length, ("SM4 GCM, library", 1, b.LibraryGcm), [("SM4 GCM, widest", 16, b.BestGcm)]);
    }

    private static void Sm2()
    {
        var b = new Sm2Verification();
        b.Prepare();
        Print("signature", Sm2Verification.Count, ("SM2 verification, library", 1, () => b.Library()), [
            ("SM2, key seen once", 4, () => b.KeySeenOnce()), ("SM2, prepared key", 10, () => b.PreparedKey()), ("SM2, batch on one thread", 10, b.Batch),
        ]);
    }

    private static void Print(string unit, int operations, (string Name, int Times, Func<object> Work) library, (string Name, int Times, Func<object> Work)[] ours)
    {
        (string Name, int Times, Func<object> Work)[] all = [library, .. ours];
        var best = new double[all.Length];
        Array.Fill(best, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                best[i] = Math.Min(best[i], Seconds(all[i].Work, all[i].Times) / operations);
            }
        }

        for (var i = 0; i < all.Length; i++)
        {
            Console.WriteLine($"{all[i].Name,-30} {best[i] * Nano,12:F2} ns a {unit} {1 / best[i],16:N0} {unit}s a second {best[0] / best[i],8:F1} x library");
        }
    }

    private static double Seconds(Func<object> work, int times)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < times; i++)
        {
            GC.KeepAlive(work());
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds / times;
    }
}
