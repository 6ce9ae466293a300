namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The lengths the standard knows.</summary>
internal static class Sm4Lengths
{
    public static ReadOnlySpan<byte> Key(ReadOnlySpan<byte> key) => Exactly(key, Sm4Core.KeySize, "SM4 密钥", nameof(key));

    public static ReadOnlySpan<byte> Iv(ReadOnlySpan<byte> iv) => Exactly(iv, Sm4Core.BlockSize, "SM4 初始向量", nameof(iv));

    public static ReadOnlySpan<byte> Block(ReadOnlySpan<byte> block) => Exactly(block, Sm4Core.BlockSize, "SM4 分组", nameof(block));

    public static Span<byte> WholeBlocks(Span<byte> data) => data.Length % Sm4Core.BlockSize == 0
        ? data
        : throw new ArgumentException($"SM4 数据长 {data.Length} 字节，不是 16 字节的整数倍。", nameof(data));

    private static ReadOnlySpan<byte> Exactly(ReadOnlySpan<byte> value, int length, string what, string parameter) =>
        value.Length == length ? value : throw new ArgumentException($"{what}须为 {length} 字节，实为 {value.Length} 字节。", parameter);
}
