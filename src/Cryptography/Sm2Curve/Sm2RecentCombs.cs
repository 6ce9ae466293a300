namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// What keeps combs in memory: the latest few hundred of the whole process, some 22 MB, however many keys there are. The keys themselves
/// hold theirs weakly.
/// </summary>
internal static class Sm2RecentCombs
{
    private const int Room = 256;
    private static readonly Sm2Comb?[] Combs = new Sm2Comb?[Room];
    private static uint s_next;

    public static void Keep(Sm2Comb comb) => Combs[Interlocked.Increment(ref s_next) % Room] = comb;
}
