namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>How a signature holds, as a phrase for people.</summary>
internal static class SignatureWords
{
    public static string Say(SignatureFit fit) => $"签的是{Content(fit.Content)}，签名写作 {Form(fit.Form)}，{Id(fit.UserId)}";

    private static string Content(SignedContent content) => content switch
    {
        SignedContent.Message => "消息本身",
        SignedContent.Digest => "消息的 SM3 摘要",
        SignedContent.DigestText => "消息 SM3 摘要的文字写法",
        SignedContent.WithoutIdentity => "没有 Z 值的 SM3 摘要",
        _ => "SHA-256 摘要",
    };

    private static string Form(SignatureForm form) => form switch
    {
        SignatureForm.Raw => "r‖s",
        SignatureForm.Der => "DER",
        SignatureForm.LooseDer => "不规范的 DER",
        SignatureForm.NegativeDer => "缺少符号字节的 DER",
        SignatureForm.Swapped => "次序颠倒的 s‖r",
        SignatureForm.LittleEndian => "小端序的 r‖s",
        _ => "再编码一次的文字",
    };

    private static string Id(string? id) => id switch
    {
        null => "没有用户标识",
        "" => "用户标识为空",
        "1234567812345678" => "用户标识为默认值 1234567812345678",
        _ => $"用户标识为 {(id.Length > 64 ? id[..64] + "…" : id)}",
    };
}
