using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What people call the parts of an inventory of cryptography.</summary>
public static class CryptoWords
{
    public static string Say(AlgorithmStanding? standing) => standing switch
    {
        AlgorithmStanding.Sm => "商密",
        AlgorithmStanding.Foreign => "国外",
        AlgorithmStanding.Weak => "不安全",
        _ => "未定",
    };

    public static string Name(this CryptoPlace place) => place switch
    {
        CryptoPlace.Code => "源代码",
        CryptoPlace.File => "证书与密钥文件",
        _ => "通信信道",
    };

    public static string Say(this StandingTally tally) => !tally.IsLookedAt ? "没有看"
        : tally.Total == 0 ? "看了，没有见到"
        : $"商密 {tally.Sm}、国外 {tally.Foreign}、不安全 {tally.Weak}、未定 {tally.Open}";
}
