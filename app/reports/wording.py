"""Words that every report bears beside its text (Nghị định 30/2020/NĐ-CP, Phụ lục I), for paper and for previews."""

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ADDRESSEE_WORDS = "Kính gửi"
RECIPIENTS_WORDS = "Nơi nhận:"
