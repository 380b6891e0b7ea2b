use super::*;
use proptest::prelude::*;

const ENGLISH: T = T(Language::English);
const CHINESE: T = T(Language::Chinese);

/// Each list stands as it is to be; it is given backwards.
fn stand(t: T, sort: fn(T, &mut [&str]), expected: &[&str]) {
    let mut list: Vec<&str> = expected.iter().rev().copied().collect();
    sort(t, &mut list);
    assert_eq!(list, expected, "{:?}", t.language());
}

fn names(t: T, list: &mut [&str]) {
    sort_names(t, list, |name| name);
}

fn people(t: T, list: &mut [&str]) {
    sort_people(t, list, |name| name);
}

#[test]
fn letters_then_accents_then_case() {
    let lists: [&[&str]; 5] = [
        &["adam", "Adam", "Ádám", "Adele", "Zoe"],
        &["cote", "Cote", "coté", "côte", "côté", "Coter"],
        &["Élodie", "Emil", "Ödön", "Oscar", "Østen", "Zoë Adler", "Zoe Baum"],
        &["Li Na", "Lian", "O'Brien", "O’Neill", "Obrien", "Zoe", "Зоя", "さくら"],
        &["Plan 2", "Plan 10", "Plan B"],
    ];
    for list in lists {
        stand(ENGLISH, names, list);
        stand(CHINESE, names, list);
        stand(ENGLISH, people, list);
        stand(CHINESE, people, list);
    }
}

#[test]
fn chinese_by_pinyin() {
    let lists: [&[&str]; 3] = [
        &["阿强", "陈晨", "重庆", "黎明", "李娜", "李四", "刘洋", "柳青", "欧阳娜娜", "王芳", "张伟", "赵敏", "郑和"],
        &["财务", "产品", "法务", "供应链", "客户成功", "设计", "生产", "市场", "销售", "研发", "运营"],
        // ü stands after u.
        &["陆游", "吕布", "绿茶", "罗成"],
    ];
    for list in lists {
        stand(CHINESE, names, list);
        stand(ENGLISH, names, list);
    }
}

#[test]
fn a_reader_of_chinese_has_chinese_names_first() {
    stand(CHINESE, people, &["2 号", "李娜", "张伟", "adam", "Ádám", "Zoe"]);
    stand(ENGLISH, people, &["2 号", "adam", "Ádám", "Zoe", "李娜", "张伟"]);
}

#[test]
fn surnames_count_as_they_are_read() {
    // Zēng, Shàn, Qiú, Xiè, Zhā, Zhái, Ōu, Gě, Piáo, Yuè, Miào, Mòqí, Yùchí; in words céng, dān, chóu, jiě, chá, dí, qū, …
    let list = [
        "高远",
        "盖叫天",
        "何平",
        "马良",
        "缪斌",
        "万俟卨",
        "牛顿",
        "区可",
        "欧阳修",
        "潘安",
        "朴正",
        "钱来",
        "仇英",
        "任飞",
        "单雄信",
        "沈括",
        "解缙",
        "徐霞",
        "于谦",
        "尉迟恭",
        "袁枚",
        "乐毅",
        "云飞",
        "曾志伟",
        "查良镛",
        "翟天",
        "张伟",
    ];
    stand(CHINESE, people, &list);
    stand(ENGLISH, people, &list);
    // In names of other things they are words.
    stand(CHINESE, names, &["查验", "单车", "解放", "区块链", "研发"]);
    // So they are in what is no Chinese person's name: a letter alone, a foreigner's, an office's.
    stand(CHINESE, people, &["曾", "查理·布朗", "单一采购中心", "高远"]);
}

#[test]
fn those_of_one_name_stay() {
    let mut list = [("Zoe", 3), ("adam", 2), ("Zoe", 1), ("adam", 4)];
    sort_people(ENGLISH, &mut list, |one| one.0);
    assert_eq!(list, [("adam", 2), ("adam", 4), ("Zoe", 3), ("Zoe", 1)]);
}

proptest! {
    /// Page after page is the whole list, once.
    #[test]
    fn pages_make_the_whole_list(given in prop::collection::vec("[a-cA-C张李单é]{0,3}", 0..60), most in 1_usize..9, chinese: bool) {
        let t = if chinese { CHINESE } else { ENGLISH };
        let list: Vec<(String, usize)> = given.into_iter().enumerate().map(|(at, name)| (name, at)).collect();
        let mut whole = list.clone();
        sort_people(t, &mut whole, |one| &one.0);
        let mut paged = Vec::new();
        for from in (0..).step_by(most) {
            let part = people_between(t, list.clone(), from, most);
            prop_assert!(part.len() <= most);
            if part.is_empty() {
                break;
            }
            paged.extend(part);
        }
        prop_assert_eq!(paged, whole.into_iter().map(|one| one.1).collect::<Vec<_>>());
    }
}
