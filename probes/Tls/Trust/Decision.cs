using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>A yes or no that may have stayed open.</summary>
internal static class Decision
{
    /// <summary>True where proven, false where disproven, missing where neither; proof comes first.</summary>
    public static Fact<bool?> Of(bool proven, bool disproven) => proven || disproven ? new Fact<bool?>(proven) : default;
}
