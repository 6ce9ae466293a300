using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What people call the parts of an inventory of cryptography.</summary>
public static class CryptoWords
{
    public static string Name(this CryptoPlace place) => place switch
    {
        CryptoPlace.Code => "源代码",
        CryptoPlace.File => "证书与密钥文件",
        _ => "通信信道",
    };

    /// <summary>Zeros say that nothing is there only where everything was looked at.</summary>
    public static string Say(this StandingTally tally) => tally.Reach switch
    {
        LookedAt.Nowhere => "没有看",
        LookedAt.InPart when tally.Total == 0 => "没有看全，看到的部分里没有见到",
        LookedAt.InPart => $"没有看全，看到的部分里 {Counts(tally)}",
        _ => tally.Total == 0 ? "看了，没有见到" : Counts(tally),
    };

    private static string Counts(StandingTally tally) =>
        $"{EnumWords.Say(AlgorithmStanding.Sm)} {tally.Sm}、{EnumWords.Say(AlgorithmStanding.Foreign)} {tally.Foreign}、{EnumWords.Say(AlgorithmStanding.Weak)} {tally.Weak}、{AlgorithmStandings.Open} {tally.Open}";
}
